"""The function as Lambda runs it: environment variables, a real client, a real answer."""

from collections.abc import Iterator

import pytest

from aws_emulator import KEY_VARIABLES, running_emulator
from cloudformation_address import taking_answers
from ttl_cleanup.guard import handler as module

DELETE = {"RequestType": "Delete", "LogicalResourceId": "Guard1234"}
VARIABLES = {"PROJECT": "payments", "ACCOUNT": "123456789012", "AWS_REGION": "eu-central-1"}
Answers = tuple[str, list[dict[str, str]]]


class Context:
    log_group_name = "/mockenv/payments/guard"


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answers]:
    with running_emulator() as emulator, taking_answers() as taking:
        for name, value in (KEY_VARIABLES | VARIABLES).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
        yield taking


def test_without_environments_the_stack_may_go(answers: Answers) -> None:
    url, taken = answers
    module.handler(DELETE | {"ResponseURL": url}, Context())
    assert taken[0]["Status"] == "SUCCESS"
    assert taken[0]["PhysicalResourceId"] == "mockenv-guard"


@pytest.mark.parametrize("name", VARIABLES)
def test_a_function_without_its_variables_refuses(
    answers: Answers, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Without an answer the stack would wait until its timeout, and then be deleted in part."""
    url, taken = answers
    monkeypatch.delenv(name)
    module.handler(DELETE | {"ResponseURL": url}, Context())
    assert taken[0]["Status"] == "FAILED"
    assert f"has no variable {name}" in taken[0]["Reason"]
