"""From a settings file and an environment's name to that environment's settings."""

from dataclasses import dataclass
from pathlib import Path

from mockenv import names
from mockenv.settings.checks import find_problems
from mockenv.settings.domain import Domain
from mockenv.settings.durations import parse_ttl
from mockenv.settings.faults import Errors, Latency
from mockenv.settings.images import Images
from mockenv.settings.local import Local
from mockenv.settings.model import (
    AlarmSet,
    Deployment,
    Engine,
    EnvironmentProfile,
    SettingsFile,
    TaskCount,
    Throttle,
)
from mockenv.settings.network import (
    ExistingNetwork,
    Network,
    NetworkKind,
    load_balancer_of,
)
from mockenv.settings.problems import SettingsError
from mockenv.settings.profiles import matching_profile, merged_profile, task_size
from mockenv.settings.project import check_environment_name
from mockenv.settings.sizes import TaskSize
from mockenv.settings.tokens import Tokens
from mockenv.settings.validation import validate
from mockenv.settings.yaml_source import YamlSource, read_yaml


@dataclass(frozen=True)
class MockSettings:
    """One mock of an environment; `source` is the absolute path of its source file.

    `scopes` are those that a token needs for it.
    """

    name: str
    path: str
    engine: Engine
    source: Path
    stateless: bool
    scopes: tuple[str, ...] = ()
    latency: Latency | None = None
    errors: Errors | None = None
    remote_refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class EnvironmentSettings:
    """All that CDK and the local run need to know of one environment.

    `ttl_seconds` and `max_ttl_seconds` are None for never. `priority` is the load balancer rule's;
    None means that the environment can run locally only, as it is not named in the file. `tokens`
    is None where no token is needed, which the file says in so many words. `network` is the shared
    one, `network_choice` says whether the environment runs in it. `load_balancer` counts from 1.
    """

    project: str
    environment: str
    mocks: tuple[MockSettings, ...]
    tokens: Tokens | None
    network: Network
    network_choice: NetworkKind | ExistingNetwork
    load_balancer: int
    images: Images
    domain: Domain | None
    kms_key: str | None
    log_retention_days: int
    size: TaskSize
    tasks: TaskCount
    spot: bool
    on_demand_base: int
    ttl_seconds: int | None
    max_ttl_seconds: int | None
    owner: str | None
    throttle: Throttle
    alarms: AlarmSet
    deployment: Deployment
    priority: int | None


@dataclass(frozen=True)
class LocalRunSettings:
    """What the local run needs to know; `local` is apart, as nothing for AWS is made from it."""

    environment: EnvironmentSettings
    local: Local


@dataclass(frozen=True)
class LoadedSettings:
    """A checked settings file and where it lies."""

    file: Path
    source: YamlSource
    settings: SettingsFile


def load_settings(file: Path) -> LoadedSettings:
    """Read and check a whole settings file; raises SettingsError that lists every mistake."""
    source = read_yaml(file)
    settings = validate(source)
    problems = find_problems(source, settings, file.parent)
    if problems:
        raise SettingsError(problems)
    return LoadedSettings(file, source, settings)


def resolve_environment(file: Path, name: str) -> EnvironmentSettings:
    """Return the settings of one environment of a settings file.

    Raises SettingsError for a mistake in the file, MockenvError (exit code 2) for a name that no
    environment can have.
    """
    check_environment_name(name)
    return environment_settings(load_settings(file), name)


def resolve_local_run(file: Path, name: str) -> LocalRunSettings:
    """Return the same with what only the local run may know."""
    check_environment_name(name)
    loaded = load_settings(file)
    return LocalRunSettings(environment_settings(loaded, name), loaded.settings.local)


def environment_settings(loaded: LoadedSettings, name: str) -> EnvironmentSettings:
    """Return the settings of one environment of a settings file that is loaded already."""
    settings = loaded.settings
    chosen = matching_profile(settings, name)
    profile = merged_profile(settings.defaults, chosen)
    return EnvironmentSettings(
        project=settings.project,
        environment=name,
        mocks=_mocks(loaded),
        tokens=settings.tokens if isinstance(settings.tokens, Tokens) else None,
        network=settings.network,
        network_choice=chosen.network or NetworkKind.SHARED,
        load_balancer=_load_balancer(settings, chosen, name),
        images=settings.images,
        domain=settings.domain,
        kms_key=settings.kms_key,
        log_retention_days=settings.log_retention_days,
        size=task_size(profile["size"]),
        tasks=profile["tasks"],
        spot=profile["spot"],
        on_demand_base=profile["on_demand_base"],
        ttl_seconds=parse_ttl(profile["ttl"]),
        max_ttl_seconds=parse_ttl(profile["max_ttl"]),
        owner=profile["owner"],
        throttle=profile["throttle"],
        alarms=profile["alarms"] or _alarms(name),
        deployment=chosen.deployment or Deployment.ROLLING,
        priority=names.pull_request_number(name) or chosen.priority,
    )


def _load_balancer(settings: SettingsFile, chosen: EnvironmentProfile, name: str) -> int:
    pull_request = names.pull_request_number(name)
    if pull_request is None:
        return chosen.load_balancer or 1
    return load_balancer_of(pull_request, settings.network.load_balancers)


def _alarms(name: str) -> AlarmSet:
    return AlarmSet.ALL if names.pull_request_number(name) is None else AlarmSet.ONE


def _mocks(loaded: LoadedSettings) -> tuple[MockSettings, ...]:
    folder = loaded.file.parent.resolve()
    return tuple(
        MockSettings(
            name=name,
            path=mock.path,
            engine=mock.engine,
            source=folder / mock.source,
            stateless=mock.stateless,
            scopes=mock.scopes,
            latency=mock.latency,
            errors=mock.errors,
            remote_refs=mock.remote_refs,
        )
        for name, mock in loaded.settings.mocks.items()
    )
