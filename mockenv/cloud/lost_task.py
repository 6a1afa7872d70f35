"""The task that failed last in an environment whose service is gone, as after a rollback."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from mockenv import names
from mockenv.cloud.service_state import NO_SERVICE, describe_tasks
from mockenv.cloud.stack_failure import has_failed
from mockenv.cloud.stack_resources import Resource, stack_resources
from mockenv.cloud.stopped_task import LOG_LINES, StoppedTask, last_failed
from mockenv.cloud.task_log import TaskLog, last_lines, last_written_task, streams_of_task

FORGOTTEN = "ECS, which keeps stopped tasks for an hour, has forgotten why"


def last_lost_task(
    cloudformation: Any, ecs: Any, logs: Any, stack: Mapping[str, Any], project: str, log: TaskLog
) -> StoppedTask | None:
    """Read the task that failed last of a stack, as DescribeStacks describes it.

    Its service may be deleted: its tasks are found by their definition, and once ECS has
    forgotten them, by what they left in the log. The clients are boto3's.
    """
    resources = stack_resources(cloudformation, stack["StackId"])
    stopped = _stopped_tasks(ecs, resources, project)
    known = last_failed(stopped, logs, log)
    if known is not None or not has_failed(stack["StackStatus"]):
        return known
    return _from_log(logs, log, stack.get("LastUpdatedTime", stack["CreationTime"]))


def _stopped_tasks(
    ecs: Any, resources: Iterable[Resource], project: str
) -> list[Mapping[str, Any]]:
    cluster = next(iter(_made(resources, "AWS::ECS::Cluster")), names.cluster(project))
    found: list[Mapping[str, Any]] = []
    for definition in _made(resources, "AWS::ECS::TaskDefinition"):
        family = definition.rpartition("/")[2].partition(":")[0]
        try:
            found += describe_tasks(ecs, cluster, "STOPPED", family=family)
        except ClientError as error:
            if error.response["Error"]["Code"] not in NO_SERVICE:
                raise
    return found


def _made(resources: Iterable[Resource], kind: str) -> list[str]:
    return [each.physical_id for each in resources if each.kind == kind and each.physical_id]


def _from_log(logs: Any, log: TaskLog, since: datetime) -> StoppedTask | None:
    task = last_written_task(logs, log, int(since.timestamp() * 1_000))
    if task is None:
        return None
    streams = streams_of_task(logs, log, task)
    return StoppedTask(
        task, None, FORGOTTEN, (), tuple(last_lines(logs, log.group, streams, LOG_LINES))
    )
