"""The Lambda function that deletes what is over: runs every few minutes and when stacks change."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import cache
from typing import Any

import boto3  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]

from ttl_cleanup.log import log
from ttl_cleanup.reaper.context import Clients, Context
from ttl_cleanup.reaper.owner import Owner
from ttl_cleanup.reaper.run import run, run_one
from ttl_cleanup.reaper.tally import metrics_line
from ttl_cleanup.registry.table import RegistryTable

SECONDS_KEPT_FOR_THE_END = 30
REPEATING = Config(
    retries={"mode": "standard", "max_attempts": 6}, connect_timeout=5, read_timeout=30
)
# A deletion that is repeated later could hit what was renewed meanwhile: the next run looks first.
NOT_REPEATING = Config(
    retries={"mode": "standard", "total_max_attempts": 1}, connect_timeout=3, read_timeout=7
)


def handler(event: Mapping[str, Any], lambda_context: Any) -> dict[str, Any]:
    """Look at all environments, or at the one that a CloudFormation event names.

    Returns what it logged (`events`) and counted (`counts`), for people who call it by hand.
    """
    events: list[dict[str, Any]] = []

    def note(what: str, **fields: object) -> None:
        log(what, **fields)
        events.append({"event": what, **fields})

    context = _context(lambda_context, note)
    stack_id = (event.get("detail") or {}).get("stack-id")
    if stack_id:
        run_one(context, str(stack_id))
    else:
        run(context)
        print(metrics_line(context.tally, project=context.owner.project, now=context.now()))
    return {"events": events, "counts": asdict(context.tally)}


def _context(lambda_context: Any, note: Callable[..., None]) -> Context:
    kept_milliseconds = SECONDS_KEPT_FOR_THE_END * 1_000
    return Context(
        owner=Owner(os.environ["PROJECT"], os.environ["ACCOUNT"], os.environ["AWS_REGION"]),
        clients=_clients(),
        registry=RegistryTable(_client("dynamodb"), os.environ["REGISTRY_TABLE"]),
        topic_arn=os.environ["TOPIC"],
        now=lambda: int(time.time()),
        monotonic=time.monotonic,
        is_time_up=lambda: lambda_context.get_remaining_time_in_millis() < kept_milliseconds,
        log=note,
    )


def _clients() -> Clients:
    return Clients(
        cloudformation=_client("cloudformation"),
        deletion=_client("cloudformation", NOT_REPEATING),
        s3=_client("s3"),
        ecs=_client("ecs"),
        tagging=_client("resourcegroupstaggingapi"),
        sns=_client("sns"),
    )


@cache
def _client(service: str, config: Config = REPEATING) -> Any:
    return boto3.client(service, config=config)
