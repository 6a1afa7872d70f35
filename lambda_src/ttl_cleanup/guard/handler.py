"""The Lambda function behind `Custom::MockenvGuard`."""

import time
from collections.abc import Mapping
from typing import Any

import boto3  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]

from ttl_cleanup.answer import answer_body, deliver
from ttl_cleanup.guard.guard import Guard
from ttl_cleanup.log import log
from ttl_cleanup.reaper.owner import Owner
from ttl_cleanup.unexpected import answered, variable

CLIENT_CONFIG = Config(
    retries={"mode": "standard", "max_attempts": 4}, connect_timeout=5, read_timeout=15
)
PHYSICAL_ID = "mockenv-guard"


def handler(event: Mapping[str, Any], context: Any) -> None:
    """Answer one CloudFormation request; raises OSError if the answer can't be delivered."""
    answer = answered(lambda: _guard().answer(event), log=log, log_name=context.log_group_name)
    log("answered", succeeded=answer.succeeded, reason=answer.reason)
    body = answer_body(answer, event, physical_id=PHYSICAL_ID)
    deliver(body, event["ResponseURL"], sleep=time.sleep)


def _guard() -> Guard:
    owner = Owner(variable("PROJECT"), variable("ACCOUNT"), variable("AWS_REGION"))
    return Guard(owner, boto3.client("cloudformation", config=CLIENT_CONFIG))
