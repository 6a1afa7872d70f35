"""Which routes an environment's gateway has: pure, no CDK."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mockenv.names import HEALTH_PATH

BELOW = "{proxy+}"


class RouteKey(NamedTuple):
    """A route's method and path, and whether a caller needs a token for it."""

    method: str
    path: str
    needs_token: bool

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def route_keys(base_paths: Iterable[str]) -> Iterator[RouteKey]:
    """List the routes of mocks at these base paths.

    Preflights carry no token, so OPTIONS is open; the mock host answers it by itself. A route of
    `OPTIONS` is more specific than one of `ANY` (API Gateway developer guide, "Working with
    routes for HTTP APIs").
    """
    yield RouteKey("GET", HEALTH_PATH, needs_token=True)
    for base_path in base_paths:
        for path in (base_path, f"{base_path.rstrip('/')}/{BELOW}"):
            yield RouteKey("ANY", path, needs_token=True)
            yield RouteKey("OPTIONS", path, needs_token=False)
