"""Small settings for tests that need an environment and not a file."""

from pathlib import Path
from typing import Any

from mockenv.settings.model import Engine, Network, TaskCount, Throttle
from mockenv.settings.resolve import EnvironmentSettings, MockSettings
from mockenv.settings.sizes import TaskSize
from mockenv.settings.tokens import Tokens


def mock(source: Path, name: str = "core", path: str = "/", **changes: Any) -> MockSettings:
    values: dict[str, Any] = {"engine": Engine.PRISM, "stateless": False}
    return MockSettings(name=name, path=path, source=source, **(values | changes))


def environment(*mocks: MockSettings, **changes: Any) -> EnvironmentSettings:
    values: dict[str, Any] = {
        "project": "payments",
        "environment": "pr-123",
        "mocks": mocks,
        "tokens": Tokens(),
        "network": Network(),
        "size": TaskSize(256, 512),
        "tasks": TaskCount(),
        "spot": False,
        "ttl_seconds": 28_800,
        "max_ttl_seconds": 604_800,
        "owner": None,
        "throttle": Throttle(),
        "priority": 123,
    }
    return EnvironmentSettings(**(values | changes))
