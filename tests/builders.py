"""Small settings for tests that need an environment and not a file."""

from pathlib import Path
from typing import Any

from mockenv.settings.images import Images
from mockenv.settings.model import AlarmSet, Deployment, Engine, TaskCount, Throttle
from mockenv.settings.network import Network, NetworkKind
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
        "network_choice": NetworkKind.SHARED,
        "load_balancer": 1,
        "images": Images(),
        "domain": None,
        "kms_key": None,
        "log_retention_days": 7,
        "size": TaskSize(256, 512),
        "tasks": TaskCount(),
        "spot": False,
        "on_demand_base": 0,
        "ttl_seconds": 28_800,
        "max_ttl_seconds": 604_800,
        "owner": None,
        "throttle": Throttle(),
        "alarms": AlarmSet.ONE,
        "deployment": Deployment.ROLLING,
        "priority": 123,
    }
    return EnvironmentSettings(**(values | changes))
