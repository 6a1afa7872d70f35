"""Logs that outlive environments: who makes them, who writes which part of them."""

import json
from typing import Any

import pytest

from iam_evaluator import ACCOUNT, REGION, Call, is_allowed, statements_of, statements_of_task
from synthesized import KMS_KEY, Synthesized

TASKS = "/mockenv/payments/tasks"
GATEWAY = "/aws/vendedlogs/mockenv/payments/gateway"
VALIDATORS = "/mockenv/payments/token-validators"
SHARED = [TASKS, GATEWAY, VALIDATORS]
ENVIRONMENTS = ["pr-123", "load", "int", "pr-7", "pr-8", "pr-9"]
VALIDATOR = "token_validator.handler.handler"
TASK = "0123456789abcdef0123456789abcdef"
PROCESS = "[$LATEST]0123456789abcdef0123456789abcdef"
WRITING = ["logs:CreateLogStream", "logs:PutLogEvents"]


def groups(synthesized: Synthesized, stack: str) -> dict[str, dict[str, Any]]:
    found = synthesized.all_of(stack, "AWS::Logs::LogGroup")
    return {each["Properties"]["LogGroupName"]: each for each in found}


@pytest.mark.parametrize("stack", ENVIRONMENTS)
def test_no_environment_has_a_log_of_its_own_to_lose(synthesized: Synthesized, stack: str) -> None:
    assert groups(synthesized, stack) == {}


def test_the_network_stack_holds_those_of_all_for_as_long_as_is_set(
    synthesized: Synthesized,
) -> None:
    found = groups(synthesized, "network-none")
    assert set(SHARED) < set(found)
    for name in SHARED:
        assert found[name]["Properties"]["RetentionInDays"] == 7
        assert found[name]["DeletionPolicy"] == "Delete"


def test_a_key_encrypts_every_log_or_none(synthesized: Synthesized) -> None:
    keyed = ("network-domain-key", "ttl-cleanup-key")
    for stack, key in (*((stack, KMS_KEY) for stack in keyed), ("network-none", None)):
        keys = {each["Properties"].get("KmsKeyId") for each in groups(synthesized, stack).values()}
        assert keys == {key}


@pytest.mark.parametrize("stack", ENVIRONMENTS)
def test_every_container_logs_under_its_environments_name(
    synthesized: Synthesized, stack: str
) -> None:
    task = synthesized.properties(stack, "AWS::ECS::TaskDefinition")
    for container in task["ContainerDefinitions"]:
        assert container["LogConfiguration"] == {
            "LogDriver": "awslogs",
            "Options": {
                "awslogs-group": TASKS,
                "awslogs-stream-prefix": stack,
                "awslogs-region": {"Ref": "AWS::Region"},
                "mode": "non-blocking",
            },
        }
    assert synthesized.template(stack)["Outputs"]["TaskLog"]["Value"] == TASKS


@pytest.mark.parametrize("stack", ENVIRONMENTS)
def test_every_line_of_the_access_log_names_its_environment(
    synthesized: Synthesized, stack: str
) -> None:
    access_log = synthesized.properties(stack, "AWS::ApiGatewayV2::Stage")["AccessLogSettings"]
    assert json.loads(access_log["Format"])["environment"] == stack
    assert access_log["DestinationArn"]["Fn::Join"][1][-1].endswith(f":log-group:{GATEWAY}")


def stream(group: str, name: str) -> str:
    return f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}:log-stream:{name}"


def test_a_tasks_agent_writes_its_environments_streams_and_no_others(
    synthesized: Synthesized,
) -> None:
    statements = statements_of_task(synthesized, "pr-123", "ExecutionRoleArn")

    def may(action: str, group: str, name: str) -> bool:
        return is_allowed(statements, Call(action, stream(group, name)))

    for action in WRITING:
        assert may(action, TASKS, f"pr-123/mock-host/{TASK}")
        assert may(action, TASKS, f"pr-123/config-loader/{TASK}")
        for foreign in (f"pr-12/mock-host/{TASK}", f"pr-1234/mock-host/{TASK}", f"int/x/{TASK}"):
            assert not may(action, TASKS, foreign)
        for group in (GATEWAY, VALIDATORS, "/mockenv/billing/tasks", "/mockenv/payments/reaper"):
            assert not may(action, group, f"pr-123/mock-host/{TASK}")
    for action in ("GetLogEvents", "DeleteLogStream", "CreateLogGroup", "DeleteLogGroup"):
        assert not may(f"logs:{action}", TASKS, f"pr-123/mock-host/{TASK}")


def test_the_task_itself_writes_no_log(synthesized: Synthesized) -> None:
    statements = statements_of_task(synthesized, "pr-123")
    call = Call("logs:PutLogEvents", stream(TASKS, f"pr-123/mock-host/{TASK}"))
    assert not is_allowed(statements, call)


def test_a_token_validator_writes_streams_of_its_own_name_only(synthesized: Synthesized) -> None:
    (function,) = synthesized.all_of("pr-123", "AWS::Lambda::Function")
    name = function["Properties"]["FunctionName"]
    assert name == "mockenv-payments-env-pr-123-tokens"
    assert function["Properties"]["LoggingConfig"] == {"LogGroup": VALIDATORS}
    statements = statements_of(synthesized, "pr-123", VALIDATOR)

    def may(group: str, name: str) -> bool:
        return all(is_allowed(statements, Call(a, stream(group, name))) for a in WRITING)

    assert may(VALIDATORS, f"2026/11/20/{name}{PROCESS}")
    for foreign in (
        f"2026/11/20/mockenv-payments-env-pr-12-tokens{PROCESS}",
        f"2026/11/20/mockenv-payments-env-pr-1234-tokens{PROCESS}",
        f"2026/11/20/mockenv-payments-env-int-tokens[{name}{PROCESS}",
    ):
        assert not may(VALIDATORS, foreign)
    assert not may(TASKS, f"2026/11/20/{name}{PROCESS}")


@pytest.mark.parametrize("environment", ["a" * 20, "pr-40000"])
def test_a_validators_name_fits_lambda(environment: str) -> None:
    from mockenv.log_names import token_validator_function  # noqa: PLC0415

    assert len(token_validator_function("p" * 16, environment)) <= 64
