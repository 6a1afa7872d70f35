"""What a local run is to start, as data: nothing here touches the machine."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mockenv.local.tools import Tools
from mockenv.mock_host_config import GatewayRole, mock_host_config
from mockenv.settings.resolve import EnvironmentSettings
from mockenv.sources import CONFIG_FILE
from mockenv.token_settings import token_settings

LOOPBACK = "127.0.0.1"
LOCAL_ENVIRONMENT = "local"


@dataclass(frozen=True)
class ProcessPlan:
    """One process: its name in messages, what is run, its log, and how long it may take to serve.

    The process writes JSON lines to its log; one with `"event": "ready"` says that it serves. It
    ends when its standard input does.
    """

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path
    ready_within_seconds: float


@dataclass(frozen=True)
class LocalPlan:
    """All processes of a local run, started together, and the files that they read."""

    settings: EnvironmentSettings
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
    issuer_kind: Mapping[str, Any],
) -> LocalPlan:
    """Plan the mock host and the token validator of one environment.

    `issuer_kind` describes the local token issuer in the form of the validator's settings; port 0
    takes any free one.
    """
    socket = place.sockets / "validator.sock"
    config_file = place.state / CONFIG_FILE
    config = mock_host_config(
        settings,
        source_paths={mock.name: str(mock.source) for mock in settings.mocks},
        gateway=GatewayRole(str(socket), settings.tokens.cache_seconds),
    )
    return LocalPlan(
        settings=settings,
        files={config_file: json.dumps(config, indent=2) + "\n"},
        processes=(
            _mock_host(tools, place, config_file, port),
            _token_validator(tools, place, socket, settings, issuer_kind),
        ),
    )


def _mock_host(tools: Tools, place: Place, config_file: Path, port: int) -> ProcessPlan:
    command = (str(tools.node), str(tools.mock_host), "--config", str(config_file))
    return ProcessPlan(
        name="mock host",
        arguments=(*command, "--host", LOOPBACK, "--port", str(port), "--exit-with-stdin"),
        environment={},
        log=place.state / "mock-host.log",
        ready_within_seconds=60,
    )


def _token_validator(
    tools: Tools,
    place: Place,
    socket: Path,
    settings: EnvironmentSettings,
    issuer_kind: Mapping[str, Any],
) -> ProcessPlan:
    accepted = token_settings(settings.tokens, extra_kinds=[issuer_kind])
    module = "mockenv.local.validator_process"
    return ProcessPlan(
        name="token validator",
        arguments=(str(tools.python), "-m", module, "--socket", str(socket), "--exit-with-stdin"),
        environment={"TOKEN_SETTINGS": json.dumps(accepted)},
        log=place.state / "token-validator.log",
        ready_within_seconds=30,
    )
