"""What the mock host is told of an environment: the contents of its `environment.json`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from mockenv.names import FIRST_SIDECAR_PORT
from mockenv.settings.model import Engine
from mockenv.settings.resolve import EnvironmentSettings, MockSettings


@dataclass(frozen=True)
class GatewayRole:
    """Makes the mock host play API Gateway, asking the validator on this Unix socket."""

    validator_socket: str
    cache_seconds: int


def mock_host_config(
    settings: EnvironmentSettings,
    *,
    source_paths: Mapping[str, str],
    gateway: GatewayRole | None = None,
) -> dict[str, Any]:
    """Describe an environment to the mock host.

    `source_paths` gives each mock's source file as the mock host is to open it: absolute, or
    relative to the configuration file's folder. Without `gateway` (as on AWS, where API Gateway
    stands in front) the host checks no tokens.
    """
    config: dict[str, Any] = {
        "environment": settings.environment,
        "token_header": settings.tokens.header,
        "mocks": [_mock(settings, mock, source_paths[mock.name]) for mock in settings.mocks],
    }
    if gateway is not None:
        config["gateway"] = asdict(gateway)
    return config


def sidecar_ports(settings: EnvironmentSettings) -> dict[str, int]:
    """Give each mock that a process of its own answers the loopback port it listens on."""
    sidecars = [mock.name for mock in settings.mocks if mock.engine is Engine.MOCKSERVER]
    return {name: FIRST_SIDECAR_PORT + index for index, name in enumerate(sidecars)}


def _mock(settings: EnvironmentSettings, mock: MockSettings, source_path: str) -> dict[str, str]:
    described = {"name": mock.name, "path": mock.path, "engine": str(mock.engine)}
    if mock.engine is Engine.PRISM:
        return described | {"document": source_path}
    return described | {"upstream": f"http://127.0.0.1:{sidecar_ports(settings)[mock.name]}"}
