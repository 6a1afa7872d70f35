"""What a local run is to start, as data: nothing here touches the machine."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mockenv.local.tools import Tools
from mockenv.mock_host_config import GatewayRole, mock_host_config
from mockenv.names import MOST_EXPECTATIONS_AT_ONCE
from mockenv.settings.resolve import EnvironmentSettings
from mockenv.sources import CONFIG_FILE
from mockenv.token_settings import local_token_settings

LOOPBACK = "127.0.0.1"
# The mock host takes over changed files, and ends with the process that started it.
FOLLOW = ("--watch", "--exit-with-stdin")


@dataclass(frozen=True)
class ProcessPlan:
    """One process: its name in messages, what is run, its log, and how long it may take to serve.

    One that `says_ready` writes JSON lines to its log, among them one with `"event": "ready"`; of
    the others the mock host's health tells whether they serve.
    """

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path
    ready_within_seconds: float
    says_ready: bool = True


@dataclass(frozen=True)
class LocalPlan:
    """All processes of a local run, started together, and the files that they read."""

    files: Mapping[Path, str]
    processes: tuple[ProcessPlan, ...]


@dataclass(frozen=True)
class Place:
    """Folders of a local run: `state` beside the settings file, `sockets` with a short path."""

    state: Path
    sockets: Path


def plan_local_run(
    settings: EnvironmentSettings,
    *,
    place: Place,
    tools: Tools,
    port: int,
    sidecar_ports: Mapping[str, int],
    issuer_kind: Mapping[str, Any],
) -> LocalPlan:
    """Plan the mock host, the token validator and the MockServers of one environment.

    `port` 0 takes any free one; `sidecar_ports` names one for each mock with a process of its own.
    `issuer_kind` describes the local token issuer in the form of the validator's settings.
    """
    config_file = place.state / CONFIG_FILE
    return LocalPlan(
        files={config_file: host_config_text(settings, place, sidecar_ports)},
        processes=(
            _mock_host(tools, place, config_file, port),
            *_token_validator(tools, place, settings, issuer_kind),
            *_mockservers(tools, place, settings, sidecar_ports),
        ),
    )


def host_config_text(
    settings: EnvironmentSettings, place: Place, sidecar_ports: Mapping[str, int]
) -> str:
    """Write the mock host's configuration for a local run, in which it plays the gateway."""
    config = mock_host_config(
        settings,
        source_paths={mock.name: str(mock.source) for mock in settings.mocks},
        sidecar_ports=sidecar_ports,
        gateway=_gateway_role(settings, place),
    )
    return json.dumps(config, indent=2) + "\n"


def issuer_socket(place: Place) -> Path:
    """Return where the local issuer listens for the mock host."""
    return place.sockets / "issuer.sock"


def _gateway_role(settings: EnvironmentSettings, place: Place) -> GatewayRole:
    issuer = str(issuer_socket(place))
    if settings.tokens is None:
        return GatewayRole(None, 0, issuer)
    return GatewayRole(str(_socket(place)), settings.tokens.cache_seconds, issuer)


def _socket(place: Place) -> Path:
    return place.sockets / "validator.sock"


def _mock_host(tools: Tools, place: Place, config_file: Path, port: int) -> ProcessPlan:
    command = (str(tools.node), str(tools.mock_host), "--config", str(config_file))
    return ProcessPlan(
        name="mock host",
        arguments=(*command, "--host", LOOPBACK, "--port", str(port), *FOLLOW),
        # Node keeps what it compiled: a tenth of the start.
        environment={"NODE_COMPILE_CACHE": str(tools.mock_host.parent / "compile-cache")},
        log=place.state / "mock-host.log",
        ready_within_seconds=60,
    )


def _token_validator(
    tools: Tools, place: Place, settings: EnvironmentSettings, issuer_kind: Mapping[str, Any]
) -> Iterator[ProcessPlan]:
    if settings.tokens is None:
        return
    accepted = local_token_settings(settings.tokens, settings.mocks, issuer_kind=issuer_kind)
    command = (str(tools.python), "-m", "mockenv.local.validator_process")
    yield ProcessPlan(
        name="token validator",
        arguments=(*command, "--socket", str(_socket(place)), "--exit-with-stdin"),
        environment={"TOKEN_SETTINGS": json.dumps(accepted)},
        log=place.state / "token-validator.log",
        ready_within_seconds=30,
    )


def _mockservers(
    tools: Tools, place: Place, settings: EnvironmentSettings, ports: Mapping[str, int]
) -> Iterator[ProcessPlan]:
    for mock in settings.mocks:
        if mock.name in ports:
            yield ProcessPlan(
                name=f"MockServer of {mock.name}",
                arguments=_mockserver_command(tools, ports[mock.name]),
                environment={},
                log=place.state / f"mockserver-{mock.name}.log",
                ready_within_seconds=60,
                says_ready=False,
            )


def _mockserver_command(tools: Tools, port: int) -> tuple[str, ...]:
    """Start MockServer without expectations: the mock host gives it those."""
    properties = {
        "localBoundIP": LOOPBACK,
        # Without this it forwards what no expectation fits to the host that the caller names.
        "attemptToProxyIfNoMatchingExpectation": "false",
        "maxExpectations": MOST_EXPECTATIONS_AT_ONCE,
        "logLevel": "WARN",
    }
    return (
        str(tools.java),
        *("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"),
        *(f"-Dmockserver.{name}={value}" for name, value in properties.items()),
        *("-jar", str(tools.mockserver), "-serverPort", str(port)),
    )
