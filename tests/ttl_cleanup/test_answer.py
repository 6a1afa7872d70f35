import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from registration_samples import request, stack
from running_server import running
from ttl_cleanup.answer import RETRY_SECONDS, Answer, answer_body, deliver


@dataclass
class AnswerReceiver:
    """Stands for CloudFormation's address: refuses some requests, keeps what it takes."""

    refusals: list[int] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)
    content_types: list[str] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def receiver() -> Iterator[AnswerReceiver]:
    state = AnswerReceiver()

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status = state.refusals.pop(0) if state.refusals else 200
            if status == 0:  # hangs up without an answer
                self.close_connection = True
                return
            if status == 200:
                state.taken.append(body)
                state.content_types.append(self.headers["content-type"])
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        state.url = f"http://127.0.0.1:{port}/answer?signature=x"
        yield state


def test_an_answer_says_what_cloudformation_needs() -> None:
    event = request("Create", stack())
    assert json.loads(answer_body(Answer(succeeded=True, reason="done"), event)) == {
        "Status": "SUCCESS",
        "Reason": "done",
        "PhysicalResourceId": "mockenv-registration",
        "StackId": stack().stack_id,
        "RequestId": "request-1",
        "LogicalResourceId": "Registration",
    }


def test_a_failure_keeps_the_physical_id() -> None:
    """CloudFormation names a resource whose creation it never heard of; Delete brings that name."""
    event = request("Delete", stack()) | {"PhysicalResourceId": "given-by-cloudformation"}
    body = json.loads(answer_body(Answer(succeeded=False, reason="no"), event))
    assert (body["Status"], body["PhysicalResourceId"]) == ("FAILED", "given-by-cloudformation")


@pytest.mark.parametrize("character", ["x", "ü", "\U0001f600", "\0"])
def test_a_long_reason_does_not_make_the_answer_too_large(character: str) -> None:
    body = answer_body(
        Answer(succeeded=False, reason=character * 9_000), request("Create", stack())
    )
    assert len(body) <= 4_096


def test_garbage_is_answered_too() -> None:
    assert json.loads(answer_body(Answer(succeeded=False, reason="no"), {}))["Status"] == "FAILED"


def test_an_answer_is_put_without_a_content_type(receiver: AnswerReceiver) -> None:
    deliver(b"{}", receiver.url, sleep=lambda _: None)
    assert (receiver.taken, receiver.content_types) == ([b"{}"], [""])


@pytest.mark.parametrize("refusals", [[503], [0], [500, 0, 503, 500]])
def test_an_answer_is_put_again_after_a_failure(
    receiver: AnswerReceiver, refusals: list[int]
) -> None:
    slept: list[float] = []
    receiver.refusals = list(refusals)
    deliver(b"{}", receiver.url, sleep=slept.append)
    assert receiver.taken == [b"{}"]
    assert slept == list(RETRY_SECONDS[: len(refusals)])


def test_an_answer_that_cannot_be_delivered_is_an_error(receiver: AnswerReceiver) -> None:
    receiver.refusals = [500] * 10
    with pytest.raises(OSError, match="500"):
        deliver(b"{}", receiver.url, sleep=lambda _: None)
    assert len(receiver.refusals) == 10 - len(RETRY_SECONDS) - 1


def test_an_address_that_nobody_answers_is_an_error() -> None:
    with pytest.raises(OSError, match="refused"):
        deliver(b"{}", "http://127.0.0.1:9/answer", sleep=lambda _: None)
