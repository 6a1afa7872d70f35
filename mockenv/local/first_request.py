"""Finds a request that a new user can paste and that answers 200."""

import http.client
from collections.abc import Callable, Iterator
from typing import Any

from mockenv.local.plan import LOOPBACK
from mockenv.names import HEALTH_PATH
from mockenv.settings.documents import parse_document
from mockenv.settings.model import Engine
from mockenv.settings.resolve import EnvironmentSettings, MockSettings

MOST_TRIES = 12
TIMEOUT_SECONDS = 5.0

Fetch = Callable[[str], int]


def find_first_request(settings: EnvironmentSettings, fetch: Fetch) -> str:
    """Return the path of a GET that answers 200; `fetch` makes a GET and returns its status.

    Falls back to mockenv's own health path.
    """
    tried = 0
    for mock in settings.mocks:
        for path in _candidates(mock):
            if tried == MOST_TRIES:
                return HEALTH_PATH
            tried += 1
            if fetch(path) == http.client.OK:
                return path
    return HEALTH_PATH


def fetch_status(port: int, headers: dict[str, str], path: str) -> int:
    """Make a GET to the mock host on loopback and return the status."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def _candidates(mock: MockSettings) -> Iterator[str]:
    """List the paths of a mock's GET operations, those without parameters first."""
    data = parse_document(
        mock.source.read_text(encoding="utf-8-sig"), mock.source, mock.source.name
    )
    found = _openapi_paths(data) if mock.engine is Engine.PRISM else _expected_paths(data)
    base = mock.path.rstrip("/")
    for path in sorted(found, key=lambda path: "{" in path):
        yield base + _without_templates(path)


def _openapi_paths(data: dict[str, Any]) -> list[str]:
    paths = data.get("paths") or {}
    return [path for path, item in paths.items() if isinstance(item, dict) and "get" in item]


def _expected_paths(data: list[dict[str, Any]]) -> list[str]:
    requests = [_json_object(item.get("httpRequest")) for item in data]
    return [
        str(request["path"])
        for request in requests
        if request.get("method", "GET") == "GET" and "path" in request
    ]


def _json_object(value: Any) -> dict[str, Any]:
    """Return the value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def _without_templates(path: str) -> str:
    """Fill `/pets/{id}` in as `/pets/1`."""
    segments = ("1" if segment.startswith("{") else segment for segment in path.split("/"))
    return "/".join(segments)
