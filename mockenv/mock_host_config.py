"""What the mock host is told of an environment: the contents of its `environment.json`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from mockenv.names import FIRST_SIDECAR_PORT
from mockenv.settings.model import Engine
from mockenv.settings.resolve import EnvironmentSettings, MockSettings


@dataclass(frozen=True)
class GatewayRole:
    """Makes the mock host play API Gateway, asking the validator on this Unix socket.

    Without a socket it lets everybody through, as a gateway without an authorizer does. Requests
    for tokens it passes on to the local issuer's socket.
    """

    validator_socket: str | None
    cache_seconds: int
    issuer_socket: str


def mock_host_config(
    settings: EnvironmentSettings,
    *,
    source_paths: Mapping[str, str],
    sidecar_ports: Mapping[str, int],
    gateway: GatewayRole | None = None,
) -> dict[str, Any]:
    """Describe an environment to the mock host.

    `source_paths` gives each mock's source file as the mock host is to open it: absolute, or
    relative to the configuration file's folder; `sidecar_ports` the loopback port of each mock that
    a process of its own answers. Without `gateway` (as on AWS, where API Gateway
    stands in front) the host checks no tokens.
    """
    config: dict[str, Any] = {
        "environment": settings.environment,
        "token_header": settings.tokens.header if settings.tokens else None,
        "mocks": [_mock(mock, source_paths, sidecar_ports) for mock in settings.mocks],
    }
    if gateway is not None:
        config["gateway"] = asdict(gateway)
    elif needs_route(settings):
        config["requires_route"] = True
    return config


def needs_route(settings: EnvironmentSettings) -> bool:
    """Whether API Gateway tells the mock host which route it chose: where mocks need scopes.

    Otherwise it makes no difference by which route a request came.
    """
    return any(mock.scopes for mock in settings.mocks)


def sidecar_names(settings: EnvironmentSettings) -> list[str]:
    """List the mocks that a process of its own answers, in the order of the settings."""
    return [mock.name for mock in settings.mocks if mock.engine is Engine.MOCKSERVER]


def task_ports(settings: EnvironmentSettings) -> dict[str, int]:
    """Give each such mock the port that it has in a task on AWS, which it shares with no other."""
    return {name: FIRST_SIDECAR_PORT + index for index, name in enumerate(sidecar_names(settings))}


def _mock(
    mock: MockSettings, source_paths: Mapping[str, str], sidecar_ports: Mapping[str, int]
) -> dict[str, Any]:
    described = {"name": mock.name, "path": mock.path, "engine": str(mock.engine), **_faults(mock)}
    if mock.engine is Engine.PRISM:
        return described | {"document": source_paths[mock.name]}
    return described | {
        "upstream": f"http://127.0.0.1:{sidecar_ports[mock.name]}",
        "expectations": source_paths[mock.name],
    }


def _faults(mock: MockSettings) -> dict[str, Any]:
    faults: dict[str, Any] = {}
    if mock.latency is not None:
        faults["latency"] = mock.latency.stated()
    if mock.errors is not None:
        faults["errors"] = mock.errors.model_dump()
    return faults
