"""What kinds of environments were tried, so that a run can't pass by trying nothing."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from mockenv.settings.images import ChosenImage
from mockenv.settings.network import ExistingNetwork
from mockenv.settings.resolve import EnvironmentSettings

LEAST_SHARE = 0.005
ENOUGH_TO_JUDGE = 200  # environments: of fewer, a kind may be missing by chance
SHARED = "with the shared stacks that they want"
KINDS = (
    *("pull request", "named", "one mock", "70 mocks", "prism", "mockserver", "8 MockServers"),
    *("tokens: none", "tokens: static", "tokens: jwt", "tokens: cognito", "tokens: auth0"),
    *("tokens: okta", "tokens: keycloak", "tokens: github-actions", "tokens: local"),
    *(
        "tokens in a secret",
        "scopes",
        "x-mock-token",
        "latency",
        "errors",
    ),
    *("one task", "scaled", "measured capacity", "spot", "on-demand base", "without an end"),
    *("owner", "throttle", "alarms: one", "alarms: all", "blue-green", "several load balancers"),
    *("network: shared", "network: dedicated", "network: existing", "shared network existing"),
    SHARED,
    *("images", "image for x86-64", "domain", "certificate", "KMS key", "log retention"),
)


def kinds_of(settings: EnvironmentSettings) -> Iterator[str]:
    """Yield what an environment is an example of."""
    yield from (kind for kind, applies in _facts(settings).items() if applies)


def lines(counts: Counter[str], total: int) -> Iterator[str]:
    """Yield a Markdown table of how many environments of each kind there were."""
    yield "| environments | |\n|---|---:|"
    yield f"| tried | {total:,} |"
    yield from (f"| - {kind} | {counts[kind]:,} |" for kind in KINDS)


def missing(counts: Counter[str], total: int) -> list[str]:
    """List the kinds of which a run that is long enough had too few to say anything."""
    if total < ENOUGH_TO_JUDGE:
        return []
    return [kind for kind in KINDS if counts[kind] < max(1, total * LEAST_SHARE)]


def _facts(settings: EnvironmentSettings) -> dict[str, Any]:
    return _name_and_mocks(settings) | _tokens(settings) | _tasks(settings) | _rest(settings)


def _name_and_mocks(settings: EnvironmentSettings) -> dict[str, Any]:
    engines = Counter(str(mock.engine) for mock in settings.mocks)
    is_pull_request = settings.environment.startswith("pr-")
    return {
        "pull request": is_pull_request,
        "named": not is_pull_request,
        "one mock": len(settings.mocks) == 1,
        "70 mocks": len(settings.mocks) == 70,
        "prism": engines["prism"],
        "mockserver": engines["mockserver"],
        "8 MockServers": engines["mockserver"] == 8,
        "scopes": any(mock.scopes for mock in settings.mocks),
        "latency": any(mock.latency for mock in settings.mocks),
        "errors": any(mock.errors for mock in settings.mocks),
    }


def _tokens(settings: EnvironmentSettings) -> dict[str, Any]:
    if settings.tokens is None:
        return {"tokens: none": True}
    kinds = settings.tokens.kinds
    return {f"tokens: {kind.kind}": True for kind in kinds} | {
        "tokens in a secret": any(getattr(kind, "secret", None) for kind in kinds),
        "x-mock-token": settings.tokens.header == "x-mock-token",
    }


def _tasks(settings: EnvironmentSettings) -> dict[str, Any]:
    tasks = settings.tasks
    return {
        "one task": tasks.max == 1,
        "scaled": tasks.max > tasks.min,
        "measured capacity": tasks.requests_per_second,
        "spot": settings.spot,
        "on-demand base": settings.on_demand_base,
        "without an end": settings.ttl_seconds is None,
    }


def _rest(settings: EnvironmentSettings) -> dict[str, Any]:
    choice, images = settings.network_choice, settings.images
    chosen = [images.mock_host, images.mockserver]
    return {
        "owner": settings.owner,
        "throttle": settings.throttle.burst != 400,
        f"alarms: {settings.alarms}": True,
        "blue-green": settings.deployment == "blue-green",
        "several load balancers": settings.load_balancer > 1,
        f"network: {'existing' if isinstance(choice, ExistingNetwork) else choice}": True,
        "shared network existing": settings.network.existing,
        "images": any(chosen) or images.registries,
        "image for x86-64": any(isinstance(i, ChosenImage) and not i.arm64 for i in chosen),
        "domain": settings.domain,
        "certificate": settings.domain and settings.domain.certificate_arn,
        "KMS key": settings.kms_key,
        "log retention": settings.log_retention_days != 7,
    }
