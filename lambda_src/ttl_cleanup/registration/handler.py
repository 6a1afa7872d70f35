"""The Lambda function behind `Custom::MockenvRegistration`: asks the provider, answers."""

import time
from collections.abc import Mapping
from functools import cache
from typing import Any

import boto3  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]

from ttl_cleanup.answer import answer_body, deliver
from ttl_cleanup.log import log
from ttl_cleanup.registration.provider import Provider
from ttl_cleanup.registry.table import RegistryTable
from ttl_cleanup.unexpected import answered, variable

SECONDS_KEPT_FOR_ANSWER = 60
CLIENT_CONFIG = Config(
    retries={"mode": "standard", "max_attempts": 6}, connect_timeout=5, read_timeout=60
)


def handler(event: Mapping[str, Any], context: Any) -> None:
    """Carry out one CloudFormation request and deliver the answer.

    `event` is a custom resource request. Raises OSError only if the answer can't be delivered.
    """
    answer = answered(
        lambda: _provider(context).answer(event), log=log, log_name=context.log_group_name
    )
    log("answered", succeeded=answer.succeeded, reason=answer.reason)
    deliver(answer_body(answer, event), event["ResponseURL"], sleep=time.sleep)


def _provider(context: Any) -> Provider:
    kept_milliseconds = SECONDS_KEPT_FOR_ANSWER * 1_000
    return Provider(
        project=variable("PROJECT"),
        s3=_client("s3"),
        cloudformation=_client("cloudformation"),
        registry=RegistryTable(_client("dynamodb"), variable("REGISTRY_TABLE")),
        now=lambda: int(time.time()),
        is_time_up=lambda: context.get_remaining_time_in_millis() < kept_milliseconds,
        log=log,
        log_name=context.log_group_name,
    )


@cache
def _client(service: str) -> Any:
    return boto3.client(service, config=CLIENT_CONFIG)
