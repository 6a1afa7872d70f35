"""Which scopes a request needs, by the route that API Gateway chose for it.

The route key is one of the authorizer's identity sources, so an answer is cached for each token
and route. Nothing else of the request may count here: the path may not, as the cache does not
tell one from another.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from token_validator.refusal import Refusal

_BELOW = "/{proxy+}"
_NONE: frozenset[str] = frozenset()


class RouteUnclear(Refusal):
    """The event names no route, so nobody can say what it needs."""

    reason = "route_unclear"


class ScopeMissing(Refusal):
    """The token lacks a scope that the mock needs."""

    reason = "scope_missing"


def needed_scopes(
    event: object, scopes_by_path: Mapping[str, AbstractSet[str]]
) -> AbstractSet[str]:
    """The scopes for the mock that `event` (payload 2.0) goes to; `ANY /a/{proxy+}` is `/a`'s."""
    if not scopes_by_path:
        return _NONE
    key = event.get("routeKey") if isinstance(event, dict) else None
    method, _, path = key.partition(" ") if isinstance(key, str) else ("", "", "")
    if not method or not path.startswith("/"):
        raise RouteUnclear
    return scopes_by_path.get(path.removesuffix(_BELOW) or "/", _NONE)


def check_scopes(needed: AbstractSet[str], scopes: str) -> None:
    """Raises ScopeMissing unless all `needed` are among `scopes`, which spaces separate."""
    if needed and not needed <= set(scopes.split(" ")):
        raise ScopeMissing
