"""What a local run is to start."""

import json
from pathlib import Path

import pytest

from builders import environment, mock
from mockenv.local.plan import LocalPlan, Place, plan_local_run
from mockenv.local.tools import Tools
from mockenv.settings.domain import Domain
from mockenv.settings.images import ChosenImage, Images
from mockenv.settings.model import Engine
from mockenv.settings.resolve import EnvironmentSettings
from mockenv.settings.tokens import Tokens

PLACE = Place(state=Path("/project/.mockenv/local"), sockets=Path("/tmp/mockenv-1"))
TOOLS = Tools(
    node=Path("/tools/node"),
    python=Path("/tools/python"),
    mock_host=Path("/tools/mock_host.mjs"),
    java=Path("/tools/java"),
    mockserver=Path("/tools/mockserver.jar"),
)
ISSUER = {"kind": "jwt", "issuer": "https://local.mockenv"}
CORE = mock(Path("/project/core.yaml"))
LEDGER = mock(Path("/project/ledger.json"), "ledger", "/ledger", engine=Engine.MOCKSERVER)


@pytest.fixture
def plan() -> LocalPlan:
    return planned(environment(CORE, LEDGER, environment="local", tokens=Tokens(cache_seconds=60)))


def planned(settings: EnvironmentSettings) -> LocalPlan:
    return plan_local_run(
        settings,
        place=PLACE,
        tools=TOOLS,
        port=8080,
        sidecar_ports={"ledger": 9105},
        issuer_kind=ISSUER,
    )


def test_what_only_aws_reads_changes_nothing(plan: LocalPlan) -> None:
    settings = environment(
        CORE,
        LEDGER,
        environment="local",
        tokens=Tokens(cache_seconds=60),
        domain=Domain(name="mocks.example.com", hosted_zone_id="Z0123456789"),
        images=Images(mock_host=ChosenImage(image="node:24.19.0", arm64=False)),
        kms_key="arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
        spot=True,
        on_demand_base=1,
    )
    assert planned(settings) == plan


def test_the_mock_host_is_told_of_all_mocks_and_plays_the_gateway(plan: LocalPlan) -> None:
    config = json.loads(plan.files[PLACE.state / "environment.json"])
    assert config["gateway"] == {
        "validator_socket": "/tmp/mockenv-1/validator.sock",
        "cache_seconds": 60,
        "issuer_socket": "/tmp/mockenv-1/issuer.sock",
    }
    assert config["mocks"][0]["document"] == "/project/core.yaml"
    assert config["mocks"][1]["upstream"] == "http://127.0.0.1:9105"
    assert config["mocks"][1]["expectations"] == "/project/ledger.json"


def test_everything_listens_on_loopback_only(plan: LocalPlan) -> None:
    host, validator, mockserver = plan.processes
    assert host.arguments[host.arguments.index("--host") + 1] == "127.0.0.1"
    assert validator.arguments[validator.arguments.index("--socket") + 1].startswith("/tmp/")
    assert "-Dmockserver.localBoundIP=127.0.0.1" in mockserver.arguments


def test_every_process_ends_with_its_parent(plan: LocalPlan) -> None:
    assert all("--exit-with-stdin" in process.arguments for process in plan.processes[:2])


def test_the_validator_accepts_the_local_issuer(plan: LocalPlan) -> None:
    accepted = json.loads(plan.processes[1].environment["TOKEN_SETTINGS"])
    assert accepted == {"header": "authorization", "kinds": [ISSUER]}


def test_no_token_or_key_stands_in_a_command_line(plan: LocalPlan) -> None:
    words = " ".join(word for process in plan.processes for word in process.arguments)
    assert "TOKEN" not in words.upper().replace("TOKEN_VALIDATOR", "")


def test_mockserver_never_forwards_what_it_does_not_know(plan: LocalPlan) -> None:
    forwarding = "-Dmockserver.attemptToProxyIfNoMatchingExpectation=false"
    assert forwarding in plan.processes[2].arguments


def test_mockserver_starts_empty(plan: LocalPlan) -> None:
    assert "ledger.json" not in " ".join(plan.processes[2].arguments)


def test_a_run_without_expectations_starts_no_mockserver() -> None:
    plan = plan_local_run(
        environment(CORE),
        place=PLACE,
        tools=TOOLS,
        port=0,
        sidecar_ports={},
        issuer_kind=ISSUER,
    )
    assert [process.name for process in plan.processes] == ["mock host", "token validator"]


def local_plan(settings: EnvironmentSettings) -> LocalPlan:
    return plan_local_run(
        settings, place=PLACE, tools=TOOLS, port=8080, sidecar_ports={}, issuer_kind=ISSUER
    )


def test_where_no_token_is_needed_there_is_no_validator() -> None:
    plan = local_plan(environment(CORE, environment="local", tokens=None))
    assert [process.name for process in plan.processes] == ["mock host"]
    config = json.loads(plan.files[PLACE.state / "environment.json"])
    assert (config["gateway"]["validator_socket"], config["gateway"]["cache_seconds"]) == (None, 0)


def test_the_validator_is_told_what_mocks_need() -> None:
    pay = mock(Path("/project/core.yaml"), "pay", "/pay", scopes=("read", "write"))
    plan = local_plan(environment(CORE, pay, environment="local"))
    told = json.loads(plan.processes[1].environment["TOKEN_SETTINGS"])
    assert told["scopes"] == {"/pay": ["read", "write"]}
