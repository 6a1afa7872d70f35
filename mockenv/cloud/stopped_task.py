"""The task of an environment that failed last, and its last words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mockenv.cloud.deployed import DeployedEnvironment
from mockenv.cloud.service_state import describe_tasks, task_id
from mockenv.cloud.task_log import TaskLog, last_lines

LOG_LINES = 10
# Tasks that ECS replaced in a deployment or scaled in (ECS developer guide, "Stopped tasks error
# messages"), and those that somebody stopped: nothing failed there.
ORDERLY_REASON = "Scaling activity initiated by"
ORDERLY_CODE = "UserInitiated"


@dataclass(frozen=True)
class StoppedTask:
    """A task that failed; `containers` says how each of its containers ended."""

    task: str
    stopped_at: datetime | None
    reason: str
    containers: tuple[str, ...]
    log: tuple[str, ...]


def last_stopped_task(ecs: Any, logs: Any, deployed: DeployedEnvironment) -> StoppedTask | None:
    """Read the task of a service that failed last, and the end of its log.

    ECS keeps tasks for an hour. Both clients are boto3's.
    """
    stopped = describe_tasks(ecs, deployed.cluster, "STOPPED", serviceName=deployed.service)
    return last_failed(stopped, logs, deployed.task_log)


def last_failed(
    stopped: Iterable[Mapping[str, Any]], logs: Any, log: TaskLog
) -> StoppedTask | None:
    """Choose from stopped tasks, as ECS describes them, the one that failed last."""
    failed = [each for each in stopped if _has_failed(each) and "stoppedAt" in each]
    if not failed:
        return None
    last = max(failed, key=lambda each: each["stoppedAt"])
    task, containers = task_id(last), last.get("containers", [])
    streams = [log.stream(each["name"], task) for each in containers]
    return StoppedTask(
        task,
        last["stoppedAt"],
        last.get("stoppedReason", "no reason given"),
        tuple(_ended(each) for each in containers),
        tuple(last_lines(logs, log.group, streams, LOG_LINES)),
    )


def _has_failed(task: Mapping[str, Any]) -> bool:
    is_orderly = str(task.get("stoppedReason", "")).startswith(ORDERLY_REASON)
    return not is_orderly and task.get("stopCode") != ORDERLY_CODE


def _ended(container: Mapping[str, Any]) -> str:
    code = container.get("exitCode")
    ended = "did not start" if code is None else f"exit code {code}"
    reason = container.get("reason")
    return f"{container['name']}: {ended}" + (f", {reason}" if reason else "")
