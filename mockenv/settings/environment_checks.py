"""What an environment's own keys can't say together with its name or with the rest of a file."""

from collections.abc import Iterator

from mockenv import names
from mockenv.settings.model import Deployment, EnvironmentProfile, SettingsFile
from mockenv.settings.network import NetworkKind
from mockenv.settings.problems import Problem
from mockenv.settings.yaml_source import YamlSource

Words = tuple[str, str]


def find_environment_problems(source: YamlSource, settings: SettingsFile) -> Iterator[Problem]:
    """Find settings that an environment of that name or pattern can't have."""
    for name, chosen in settings.environments.items():
        for key, words in (
            ("load_balancer", _load_balancer_problem(settings, name, chosen)),
            ("deployment", _deployment_problem(name, chosen)),
        ):
            if words:
                yield source.problem(("environments", name, key), *words)


def _load_balancer_problem(
    settings: SettingsFile, name: str, chosen: EnvironmentProfile
) -> Words | None:
    count = len(settings.network.load_balancers)
    if chosen.load_balancer is None:
        return None
    if _may_be_pull_request(name):
        return "a pull request's number says which load balancer serves it", "remove this key"
    if chosen.network not in {None, NetworkKind.SHARED}:
        return "only the shared network has several load balancers", "remove this key"
    if chosen.load_balancer > count:
        what = "is 1 load balancer" if count == 1 else f"are {count} load balancers"
        return f"there {what}", "add one to network.load_balancers, or name a lower one"
    return None


def _deployment_problem(name: str, chosen: EnvironmentProfile) -> Words | None:
    if chosen.deployment is not Deployment.BLUE_GREEN or not _may_be_pull_request(name):
        return None
    wrong = "blue-green needs two target groups, which are scarce, and is slower to create"
    return wrong, "state it at an environment that stays, under its own name"


def _may_be_pull_request(pattern: str) -> bool:
    """Tell whether a name, or a name that fits a pattern, can be a pull request's."""
    prefix = names.PULL_REQUEST_PREFIX
    literal = pattern.removesuffix("*")
    if literal == pattern:
        return pattern.startswith(prefix)
    return literal.startswith(prefix) or prefix.startswith(literal)
