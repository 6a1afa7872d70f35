"""What the mock host is told."""

from pathlib import Path

from builders import environment, mock
from mockenv.mock_host_config import GatewayRole, mock_host_config, sidecar_names, task_ports
from mockenv.settings.faults import Errors, Latency
from mockenv.settings.model import Engine
from mockenv.settings.resolve import MockSettings
from mockenv.settings.tokens import Tokens

LEDGER = mock(Path("ledger.json"), "ledger", "/ledger", engine=Engine.MOCKSERVER)
BOOKS = mock(Path("books.json"), "books", "/books", engine=Engine.MOCKSERVER)
CORE = mock(Path("core.yaml"))


def test_each_mock_is_named_with_what_answers_it() -> None:
    settings = environment(CORE, LEDGER, BOOKS)
    paths = {"core": "a/core.yaml", "ledger": "l.json", "books": "b.json"}
    config = mock_host_config(settings, source_paths=paths, sidecar_ports=task_ports(settings))
    assert config == {
        "environment": "pr-123",
        "token_header": "authorization",
        "mocks": [
            {"name": "core", "path": "/", "engine": "prism", "document": "a/core.yaml"},
            {"name": "ledger", "path": "/ledger", "engine": "mockserver",
             "upstream": "http://127.0.0.1:9100", "expectations": "l.json"},
            {"name": "books", "path": "/books", "engine": "mockserver",
             "upstream": "http://127.0.0.1:9101", "expectations": "b.json"},
        ],
    }  # fmt: skip


def test_the_gateway_role_is_named_only_when_wanted() -> None:
    settings = environment(CORE, tokens=Tokens(header="x-mock-token"))
    config = mock_host_config(
        settings,
        source_paths={"core": "core.yaml"},
        sidecar_ports={},
        gateway=GatewayRole("/run/v.sock", 60, "/run/i.sock"),
    )
    assert config["token_header"] == "x-mock-token"
    assert config["gateway"] == {
        "validator_socket": "/run/v.sock",
        "cache_seconds": 60,
        "issuer_socket": "/run/i.sock",
    }


def test_where_no_token_is_needed_there_is_none_to_remove() -> None:
    config = mock_host_config(
        environment(CORE, tokens=None),
        source_paths={"core": "core.yaml"},
        sidecar_ports={},
        gateway=GatewayRole(None, 0, "/run/i.sock"),
    )
    assert config["token_header"] is None
    assert config["gateway"]["validator_socket"] is None


def test_on_aws_the_route_is_required_where_a_mock_needs_scopes() -> None:
    pay = mock(Path("pay.yaml"), "pay", "/pay", scopes=("read",))
    paths = {"core": "core.yaml", "pay": "pay.yaml"}

    def told(*mocks: MockSettings, gateway: GatewayRole | None = None) -> object:
        config = mock_host_config(
            environment(*mocks), source_paths=paths, sidecar_ports={}, gateway=gateway
        )
        return config.get("requires_route")

    assert told(CORE, pay) is True
    assert told(CORE) is None
    assert told(CORE, pay, gateway=GatewayRole("/run/v.sock", 60, "/run/i.sock")) is None


def test_only_mocks_with_a_process_of_their_own_have_a_port() -> None:
    settings = environment(CORE, LEDGER)
    assert sidecar_names(settings) == ["ledger"]
    assert task_ports(settings) == {"ledger": 9100}


def test_faults_are_named_only_where_the_settings_have_them() -> None:
    slow = mock(
        Path("core.yaml"),
        latency=Latency(p50_ms=20, p90_ms=80, p99_ms=400),
        errors=Errors(share=0.05),
    )
    config = mock_host_config(
        environment(slow), source_paths={"core": "core.yaml"}, sidecar_ports={}
    )
    assert config["mocks"][0]["latency"] == {"p50_ms": 20, "p90_ms": 80, "p99_ms": 400}
    assert config["mocks"][0]["errors"] == {"share": 0.05, "status": 503}
