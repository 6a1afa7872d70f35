"""The function as Lambda runs it: environment variables, real clients, a real answer."""

import json
from collections.abc import Iterator

import pytest

from aws_emulator import KEY_VARIABLES, AwsEmulator, running_emulator
from cloudformation_address import taking_answers
from registration_samples import ASSETS_BUCKET, request, stack, zipped
from ttl_cleanup.registration import handler as module


class Context:
    log_group_name = "/mockenv/payments/registration"

    def get_remaining_time_in_millis(self) -> int:
        return 300_000


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[AwsEmulator]:
    with running_emulator() as emulator:
        variables = {
            "AWS_ENDPOINT_URL": emulator.url,
            "PROJECT": "payments",
        }
        for name, value in (KEY_VARIABLES | variables).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("REGISTRY_TABLE", emulator.registry("registry"))
        s3 = emulator.client("s3")
        emulator.bucket(ASSETS_BUCKET)
        s3.put_object(Bucket=ASSETS_BUCKET, Key="sources.zip", Body=zipped())
        s3.put_object(Bucket=ASSETS_BUCKET, Key="mock_host.mjs", Body=b"export {};")
        module._client.cache_clear()
        yield emulator
        module._client.cache_clear()


@pytest.fixture
def answers() -> Iterator[tuple[str, list[dict[str, str]]]]:
    with taking_answers() as taking:
        yield taking


def test_an_environments_life_as_cloudformation_asks_for_it(
    emulator: AwsEmulator,
    answers: tuple[str, list[dict[str, str]]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    url, taken = answers
    own = stack()
    emulator.bucket(own.bucket, versioned=True)
    for kind in ("Create", "Update", "Delete"):
        module.handler(request(kind, own) | {"ResponseURL": url}, Context())
    assert [answer["Status"] for answer in taken] == ["SUCCESS"] * 3
    assert {answer["PhysicalResourceId"] for answer in taken} == {"mockenv-registration"}
    assert "Contents" not in emulator.client("s3").list_objects_v2(Bucket=own.bucket)
    lines = capsys.readouterr().out.splitlines()
    events = [json.loads(line)["event"] for line in lines if line.startswith("{")]
    assert events == ["registered", "answered", "registered", "answered", "emptied", "answered"]
    assert "secret" not in "".join(lines)


def test_a_request_that_is_refused_is_answered_all_the_same(
    emulator: AwsEmulator, answers: tuple[str, list[dict[str, str]]]
) -> None:
    url, taken = answers
    assert emulator.url
    module.handler(request("Create", stack(), Version="none") | {"ResponseURL": url}, Context())
    assert taken[0]["Status"] == "FAILED"
    assert "property Version is malformed" in taken[0]["Reason"]


@pytest.mark.parametrize("name", ["PROJECT", "REGISTRY_TABLE"])
def test_a_function_without_its_variables_answers_too(
    emulator: AwsEmulator,
    answers: tuple[str, list[dict[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """Without an answer a stack would wait until its timeout."""
    url, taken = answers
    assert emulator.url
    monkeypatch.delenv(name)
    module.handler(request("Create", stack()) | {"ResponseURL": url}, Context())
    assert taken[0]["Status"] == "FAILED"
    assert f"has no variable {name}: deploy the shared stacks again" in taken[0]["Reason"]


def test_a_client_that_can_not_be_made_is_answered_by_its_error(
    emulator: AwsEmulator,
    answers: tuple[str, list[dict[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url, taken = answers
    assert emulator.url
    monkeypatch.setenv("AWS_ENDPOINT_URL", "no address")
    module.handler(request("Create", stack()) | {"ResponseURL": url}, Context())
    assert taken[0]["Status"] == "FAILED"
    assert taken[0]["Reason"] == "ValueError: see log group /mockenv/payments/registration"
