"""Waits until every task of an environment serves a version.

A task says so in its log: `config_reloaded` with the version, `config_reload_failed` with the
reason it kept what it had, or `ready` with the version it started with. Tasks need no permission
for that, and the log's stream names the task.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mockenv.cloud.deployed import DeployedEnvironment
from mockenv.cloud.task_log import TaskLog, task_of

POLL_SECONDS = 3.0
SERVING_EVENTS = {"config_reloaded", "ready"}
FAILED_EVENT = "config_reload_failed"
# Any of the three events; the version is compared here, as a pattern would have to quote it.
LOG_PATTERN = (
    '{ $.event = "config_reloaded" || $.event = "config_reload_failed" || $.event = "ready" }'
)
NOT_HEARD = "has not said yet that it serves it"


@dataclass(frozen=True)
class Report:
    """What one task's log says of one version; `failure` is None if the task serves it."""

    task: str
    version: str
    failure: str | None


@dataclass(frozen=True)
class Rollout:
    """How far a version has come: tasks that serve it, and the others with the reason."""

    serving: frozenset[str]
    waiting: Mapping[str, str]

    @property
    def is_done(self) -> bool:
        """Whether every running task serves the version, and there is at least one."""
        return bool(self.serving) and not self.waiting


def rollout(tasks: Iterable[str], reports: Iterable[Report], version: str) -> Rollout:
    """Compare the running tasks with what their logs say of a version, oldest report first."""
    last = {report.task: report for report in reports if report.version == version}
    running = frozenset(tasks)
    serving = frozenset(task for task in running if task in last and last[task].failure is None)
    waiting = {
        task: (last[task].failure or NOT_HEARD) if task in last else NOT_HEARD
        for task in sorted(running - serving)
    }
    return Rollout(serving, waiting)


def wait_for_rollout(
    look: Callable[[], Rollout],
    *,
    wait_seconds: float,
    clock: Callable[[], float],
    wait: Callable[[float], None],
    on_change: Callable[[Rollout], None],
) -> Rollout:
    """Look until the rollout is done or the time is over; `on_change` hears of each step."""
    deadline = clock() + wait_seconds
    seen = look()
    on_change(seen)
    while not seen.is_done and clock() < deadline:
        wait(POLL_SECONDS)
        now = look()
        if now != seen:
            on_change(now)
        seen = now
    return seen


def running_tasks(ecs: Any, deployed: DeployedEnvironment) -> list[str]:
    """List the ids of the tasks that the service runs; `ecs` is a boto3 client."""
    pages = ecs.get_paginator("list_tasks").paginate(
        cluster=deployed.cluster, serviceName=deployed.service, desiredStatus="RUNNING"
    )
    return [arn.rpartition("/")[2] for page in pages for arn in page["taskArns"]]


def task_reports(logs: Any, log: TaskLog, since_milliseconds: int) -> list[Report]:
    """Read what tasks said since a moment, oldest first; `logs` is a boto3 client."""
    pages = logs.get_paginator("filter_log_events").paginate(
        logGroupName=log.group,
        logStreamNamePrefix=log.streams,
        startTime=since_milliseconds,
        filterPattern=LOG_PATTERN,
    )
    events = [event for page in pages for event in page["events"]]
    ordered = sorted(events, key=lambda event: event["timestamp"])
    return [report for event in ordered if (report := _report(event)) is not None]


def _report(event: Mapping[str, Any]) -> Report | None:
    try:
        line = json.loads(event["message"])
    except ValueError:
        return None
    if not isinstance(line, dict) or not isinstance(line.get("version"), str):
        return None
    kind = line.get("event")
    failure = str(line.get("reason", "no reason given")) if kind == FAILED_EVENT else None
    if failure is None and kind not in SERVING_EVENTS:
        return None
    return Report(task_of(event["logStreamName"]), line["version"], failure)
