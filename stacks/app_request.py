"""What a CDK command asks of the app: checked, with its settings, before CDK is loaded."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mockenv.errors import ExitCode, MockenvError
from mockenv.names import NAMED_PRIORITIES, PULL_REQUEST_PREFIX
from mockenv.settings.model import SettingsFile
from mockenv.settings.resolve import EnvironmentSettings, load_settings, resolve_environment

READABLE_BY_CLI_MAJOR = "2"
SETTINGS_FILE = "mockenv.yaml"


@dataclass(frozen=True)
class SharedStacks:
    """The stacks that all environments of a settings file share."""

    settings: SettingsFile


@dataclass(frozen=True)
class OneEnvironment:
    """The stack of one environment, and the priority of its rule at the load balancer."""

    settings: EnvironmentSettings
    priority: int


def given_context(variables: Mapping[str, str]) -> dict[str, Any]:
    """Read the context that the CDK CLI hands to an app in its environment variables."""
    context = json.loads(variables.get("CDK_CONTEXT_JSON", "{}"))
    return dict(context) if isinstance(context, dict) else {}


def check_cli(version: str | None) -> None:
    """Raise MockenvError if this version of the CDK CLI can't read what the app writes."""
    if version is None or version.split(".")[0] == READABLE_BY_CLI_MAJOR:
        return
    raise MockenvError(
        f"this cdk is version {version}, which can't read what aws-cdk-lib 2 writes",
        next_step="use the pinned one: make setup, then .venv/bin/cdk in place of cdk",
    )


def wanted_stacks(context: Mapping[str, Any], folder: Path) -> SharedStacks | OneEnvironment:
    """Understand `-c env=… | -c pr=… [-c file=…]`; the settings file's default is in `folder`.

    Raises MockenvError: exit code 2 for mistakes in context or settings file, 3 for an environment
    that is neither a pull request's nor named in the file.
    """
    file = Path(context.get("file") or folder / SETTINGS_FILE)
    environment = _environment(context)
    if environment is None:
        return SharedStacks(load_settings(file).settings)
    settings = resolve_environment(file, environment)
    _require_token_kind(settings, file)
    return OneEnvironment(settings, _priority(settings, file))


def _environment(context: Mapping[str, Any]) -> str | None:
    env, pull_request = context.get("env"), context.get("pr")
    if env is not None and pull_request is not None:
        raise MockenvError(
            f"-c env={env} and -c pr={pull_request} are both given",
            next_step="name the environment once: -c pr=123 is short for -c env=pr-123",
            exit_code=ExitCode.BAD_INPUT,
        )
    if pull_request is not None:
        return f"{PULL_REQUEST_PREFIX}{pull_request}"
    return None if env is None else str(env)


def _require_token_kind(settings: EnvironmentSettings, file: Path) -> None:
    if settings.tokens is not None and not settings.tokens.kinds:
        raise MockenvError(
            f"{file.name} names no kind of token, so nobody could call the environment on AWS",
            next_step="add tokens: kinds: to it, with your identity provider (kind: jwt)",
            exit_code=ExitCode.BAD_INPUT,
        )


def _priority(settings: EnvironmentSettings, file: Path) -> int:
    if settings.priority is not None:
        return settings.priority
    lowest, highest = NAMED_PRIORITIES.start, NAMED_PRIORITIES.stop - 1
    raise MockenvError(
        f"no environment {settings.environment!r} with a priority is named in {file.name}",
        next_step=(
            f"add it under environments, with a priority of its own ({lowest} to {highest}), "
            "or use a pull request's: -c pr=123"
        ),
        exit_code=ExitCode.UNKNOWN_ENVIRONMENT,
    )
