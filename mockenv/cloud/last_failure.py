"""The last thing that went wrong in an environment: a task that stopped, or its stack."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from mockenv.cloud.deployed import DeployedEnvironment
from mockenv.cloud.service_state import describe_tasks, task_id

LOG_LINES = 10
MOST_PAGES = 5
LOOKED_BACK = timedelta(minutes=10)
# Tasks that ECS replaced in a deployment or scaled in (ECS developer guide, "Stopped tasks error
# messages"), and those that somebody stopped: nothing failed there.
ORDERLY_REASON = "Scaling activity initiated by"
ORDERLY_CODE = "UserInitiated"
FAILED_STACK = ("FAILED", "ROLLBACK")
CONSEQUENCE = "cancelled"
BEGINNINGS = {"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"}


@dataclass(frozen=True)
class StoppedTask:
    """A task that failed; `containers` says how each of its containers ended."""

    task: str
    stopped_at: datetime | None
    reason: str
    containers: tuple[str, ...]
    log: tuple[str, ...]


def last_stopped_task(ecs: Any, logs: Any, deployed: DeployedEnvironment) -> StoppedTask | None:
    """Read the task that failed last, and the end of its log; ECS keeps tasks for an hour.

    Both clients are boto3's.
    """
    stopped = [each for each in describe_tasks(ecs, deployed, "STOPPED") if _has_failed(each)]
    with_time = [each for each in stopped if "stoppedAt" in each]
    if not with_time:
        return None
    last = max(with_time, key=lambda each: each["stoppedAt"])
    return StoppedTask(
        task_id(last),
        last["stoppedAt"],
        last.get("stoppedReason", "no reason given"),
        tuple(_ended(each) for each in last.get("containers", [])),
        tuple(_log_tail(logs, deployed.task_log, task_id(last), last["stoppedAt"])),
    )


def why_the_stack_failed(cloudformation: Any, stack_id: str, status: str) -> str | None:
    """Return the first reason of a stack's last failure, None if its status tells of none.

    Later ones are consequences: the creation of other resources is cancelled.
    """
    if not any(word in status for word in FAILED_STACK):
        return None
    pages = cloudformation.get_paginator("describe_stack_events").paginate(StackName=stack_id)
    events = [event for page in islice(pages, MOST_PAGES) for event in page["StackEvents"]]
    last_operation = takewhile(lambda event: not _is_beginning(event, stack_id), events)
    failed = [event for event in last_operation if _is_cause(event)]
    if not failed:
        return None
    first = failed[-1]  # events come newest first
    return f"{first['LogicalResourceId']}: {first['ResourceStatusReason']}"


def _is_beginning(event: Mapping[str, Any], stack_id: str) -> bool:
    return event.get("PhysicalResourceId") == stack_id and event["ResourceStatus"] in BEGINNINGS


def _is_cause(event: Mapping[str, Any]) -> bool:
    reason = event.get("ResourceStatusReason", "")
    return "FAILED" in event["ResourceStatus"] and bool(reason) and CONSEQUENCE not in reason


def _has_failed(task: Mapping[str, Any]) -> bool:
    is_orderly = str(task.get("stoppedReason", "")).startswith(ORDERLY_REASON)
    return not is_orderly and task.get("stopCode") != ORDERLY_CODE


def _ended(container: Mapping[str, Any]) -> str:
    code = container.get("exitCode")
    ended = "did not start" if code is None else f"exit code {code}"
    reason = container.get("reason")
    return f"{container['name']}: {ended}" + (f", {reason}" if reason else "")


def _log_tail(logs: Any, group: str, task: str, stopped_at: datetime) -> list[str]:
    """Return a task's last lines; a log that is gone is empty."""
    try:
        lines = list(_lines(logs, group, task, stopped_at - LOOKED_BACK))
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        return []
    return [line for _, line in sorted(lines)][-LOG_LINES:]


def _lines(logs: Any, group: str, task: str, since: datetime) -> Iterator[tuple[int, str]]:
    pages = logs.get_paginator("filter_log_events").paginate(
        logGroupName=group, startTime=int(since.timestamp() * 1_000)
    )
    for page in islice(pages, MOST_PAGES):
        for event in page["events"]:
            if str(event["logStreamName"]).endswith(f"/{task}"):
                yield event["timestamp"], str(event["message"]).rstrip()
