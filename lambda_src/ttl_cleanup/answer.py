"""The answer that CloudFormation waits for."""

import http.client
import json
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

PHYSICAL_ID = "mockenv-registration"  # constant: another one would make CloudFormation send Delete
MOST_REASON_CHARACTERS = 700  # of up to 4 bytes; CloudFormation takes answers of 4,096 bytes
RETRY_SECONDS = (1, 2, 4, 8)
PUT_TIMEOUT_SECONDS = 10


@dataclass(frozen=True)
class Answer:
    """How a request ended; `reason` is shown to whoever deploys."""

    succeeded: bool
    reason: str


def answer_body(
    answer: Answer, event: Mapping[str, Any], *, physical_id: str = PHYSICAL_ID
) -> bytes:
    """Put an answer into the form that CloudFormation takes; `physical_id` is a new resource's.

    Source: CloudFormation user guide, "Custom resource response objects".
    """
    return json.dumps(
        {
            "Status": "SUCCESS" if answer.succeeded else "FAILED",
            "Reason": _printable(answer.reason[:MOST_REASON_CHARACTERS]),
            "PhysicalResourceId": event.get("PhysicalResourceId", physical_id),
            "StackId": event.get("StackId"),
            "RequestId": event.get("RequestId"),
            "LogicalResourceId": event.get("LogicalResourceId"),
        },
        ensure_ascii=False,
    ).encode()


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)


def deliver(body: bytes, url: str, *, sleep: Callable[[float], None]) -> None:
    """PUT an answer to CloudFormation's address, several times if need be.

    Raises OSError or HTTPException if it can't be delivered: Lambda then calls the function again.
    """
    for seconds in RETRY_SECONDS:
        try:
            _put(body, url)
        except (OSError, http.client.HTTPException):
            sleep(seconds)
        else:
            return
    _put(body, url)


def _put(body: bytes, url: str) -> None:
    # The address is signed without a content type, so the request must not have one.
    request = urllib.request.Request(  # noqa: S310 (CloudFormation's own address)
        url, data=body, method="PUT", headers={"Content-Type": ""}
    )
    with urllib.request.urlopen(request, timeout=PUT_TIMEOUT_SECONDS):  # noqa: S310
        return
