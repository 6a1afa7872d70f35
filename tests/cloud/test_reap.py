"""`mockenv reap`: the plan as a process; the run against a Lambda that really runs the reaper."""

import io
import json
import time
from typing import Any

import pytest

from aws_emulator import KEY_VARIABLES, REGION
from cloud.conftest import Deployed, mockenv
from cloud.deployed_environment import PROJECT
from cloud.registered_environment import TABLE, deploy, publish_registry, record, write
from mockenv import names
from mockenv.cloud.clients import Clients
from mockenv.cloud.reap_now import Run, reap_now
from mockenv.errors import MockenvError
from ttl_cleanup.reaper import handler as module

ACCOUNT = "123456789012"


class LambdaContext:
    def get_remaining_time_in_millis(self) -> int:
        return 200_000


class Functions:
    """Runs the reaper's own handler in place of Lambda, which is a container that is not here."""

    def __init__(self, failure: str | None = None) -> None:
        self.failure = failure

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803
        assert FunctionName == "reaper-1"
        if self.failure:
            said = {"errorMessage": self.failure, "errorType": "Sandbox.Timedout"}
            body = io.BytesIO(json.dumps(said).encode())
            return {"StatusCode": 200, "FunctionError": "Unhandled", "Payload": body}
        answer = module.handler(json.loads(Payload), LambdaContext())
        return {"StatusCode": 200, "Payload": io.BytesIO(json.dumps(answer).encode())}


def publish_reaper(project: Deployed) -> Any:
    ssm = project.emulator.client("ssm")
    name = names.ttl_cleanup_parameter(PROJECT, "reaper-function-name")
    ssm.put_parameter(Name=name, Value="reaper-1", Type="String")
    return ssm


@pytest.fixture
def _as_lambda(project: Deployed, monkeypatch: pytest.MonkeyPatch) -> Any:
    topic = project.emulator.client("sns").create_topic(Name="notifications")["TopicArn"]
    variables = {
        "AWS_ENDPOINT_URL": project.emulator.url,
        "AWS_REGION": REGION,
        "PROJECT": PROJECT,
        "ACCOUNT": ACCOUNT,
        "TOPIC": topic,
        "REGISTRY_TABLE": TABLE,
    }
    for name, value in (KEY_VARIABLES | variables).items():
        monkeypatch.setenv(name, value)
    module._client.cache_clear()
    yield
    module._client.cache_clear()


def test_a_dry_run(project: Deployed) -> None:
    registry = publish_registry(project.emulator)
    write(registry, record(deploy(project.emulator), int(time.time())))
    deploy(project.emulator, "pr-8")
    code, out, talk = mockenv(project, "reap", "--dry-run")
    assert (code, talk) == (0, "")
    assert "adopt" in out
    assert "its stack has no record" in out
    assert "1 of 2 environments would be moved on; nothing was changed" in out
    told = json.loads(mockenv(project, "reap", "--dry-run", "--json")[1])
    assert {each["environment"]: each["step"] for each in told} == {"pr-7": "wait", "pr-8": "adopt"}
    assert registry.read("pr-8") is None


@pytest.mark.usefixtures("_as_lambda")
def test_a_run_says_what_it_did(project: Deployed) -> None:
    registry = publish_registry(project.emulator)
    ssm = publish_reaper(project)
    deploy(project.emulator)
    run = reap_now(Functions(), ssm, PROJECT)
    assert registry.read("pr-7") is not None
    assert run.as_data()["events"][0]["event"] == "adopted"
    assert run.as_text().startswith("pr-7: adopted (stack arn:aws:cloudformation:")
    run.require_success(PROJECT)
    assert reap_now(Functions(), ssm, PROJECT).as_text() == "nothing had to be done"


def test_what_was_counted_is_said_and_failed_steps_fail() -> None:
    failed = {"event": "step_failed", "environment": "pr-1", "step": "Delete", "error": "no"}
    run = Run([failed], {"warned": 2, "deleted": 0, "steps_failed": 1})
    assert run.as_text() == "pr-1: step failed (step Delete, error no)\nwarned 2, steps failed 1"
    with pytest.raises(MockenvError, match="1 steps of the run failed"):
        run.require_success(PROJECT)


def test_a_run_that_breaks(project: Deployed) -> None:
    ssm = publish_reaper(project)
    with pytest.raises(MockenvError, match="did not come to its end: Task timed out") as caught:
        reap_now(Functions("Task timed out after 280 seconds"), ssm, PROJECT)
    assert "aws logs tail /mockenv/shop/reaper" in caught.value.next_step


def test_no_shared_stacks(project: Deployed) -> None:
    code, _, talk = mockenv(project, "reap")
    assert code == 1
    assert "the shared stacks of shop are not in this account and region" in talk


def test_a_call_is_never_repeated_and_waits_for_the_longest_run() -> None:
    config = Clients(region=REGION).functions.meta.config
    assert config.retries["total_max_attempts"] == 1
    assert config.read_timeout > 280
