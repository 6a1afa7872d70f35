"""The function as Lambda runs it: environment variables, real clients, metrics in its log."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from aws_emulator import KEY_VARIABLES, REGION, AwsEmulator, running_emulator
from ttl_cleanup.reaper import handler as module
from ttl_cleanup.reaper.tally import METRICS

ACCOUNT = "123456789012"
TEMPLATE = json.dumps({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}})
TAGS = {"mockenv:project": "payments", "mockenv:environment": "pr-1", "mockenv:ttl": "8h"}


class LambdaContext:
    def get_remaining_time_in_millis(self) -> int:
        return 200_000


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[AwsEmulator]:
    with running_emulator() as emulator:
        topic = emulator.client("sns").create_topic(Name="notifications")["TopicArn"]
        variables = {
            "AWS_ENDPOINT_URL": emulator.url,
            "AWS_REGION": REGION,
            "PROJECT": "payments",
            "ACCOUNT": ACCOUNT,
            "TOPIC": topic,
            "REGISTRY_TABLE": emulator.registry("registry"),
        }
        for name, value in (KEY_VARIABLES | variables).items():
            monkeypatch.setenv(name, value)
        module._client.cache_clear()
        yield emulator
        module._client.cache_clear()


def create_stack(emulator: AwsEmulator) -> str:
    answer = emulator.client("cloudformation").create_stack(
        StackName="mockenv-payments-env-pr-1",
        TemplateBody=TEMPLATE,
        Tags=[{"Key": key, "Value": value} for key, value in TAGS.items()],
    )
    return str(answer["StackId"])


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines() if line[0] == "{"]


def test_a_whole_run_adopts_forgets_and_counts(
    emulator: AwsEmulator, capsys: pytest.CaptureFixture[str]
) -> None:
    stack_id = create_stack(emulator)
    module.handler({"source": "aws.events"}, LambdaContext())
    adopted, metrics = lines(capsys)
    assert (adopted["event"], adopted["stack"]) == ("adopted", stack_id)
    (directive,) = metrics["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Mockenv/payments"
    assert {metric["Name"] for metric in directive["Metrics"]} == {*METRICS.values(), "Runs"}
    assert all(isinstance(metrics[each["Name"]], int) for each in directive["Metrics"])
    assert directive["Dimensions"] == [["Function"]]
    assert (metrics["Function"], metrics["Runs"]) == ("reaper", 1)


def test_an_event_looks_at_its_stack_and_counts_no_run(
    emulator: AwsEmulator, capsys: pytest.CaptureFixture[str]
) -> None:
    stack_id = create_stack(emulator)
    event = {"source": "aws.cloudformation", "detail": {"stack-id": stack_id}}
    module.handler(event, LambdaContext())
    assert [line["event"] for line in lines(capsys)] == ["adopted"]
    emulator.client("cloudformation").delete_stack(StackName=stack_id)
    module.handler(event, LambdaContext())
    assert [line["event"] for line in lines(capsys)] == ["gone"]
    assert emulator.client("dynamodb").scan(TableName="registry")["Items"] == []


def test_a_deletion_is_not_repeated_by_the_client(emulator: AwsEmulator) -> None:
    """Repeated a minute later it could hit what was renewed meanwhile."""
    assert emulator.url
    clients = module._clients()
    config = clients.deletion.meta.config
    assert config.retries["total_max_attempts"] == 1
    assert config.connect_timeout + config.read_timeout <= 10
    assert clients.cloudformation.meta.config.retries["total_max_attempts"] > 1
    assert clients.sns.meta.config.retries["total_max_attempts"] > 1
