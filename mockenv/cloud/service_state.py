"""What an environment's service runs, and whether the load balancer finds it well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from mockenv.cloud.deployed import DeployedEnvironment
from mockenv.cloud.target_groups import TargetGroup, read_target_groups

NO_SERVICE = {"ClusterNotFoundException", "ServiceNotFoundException", "InvalidParameterException"}
MOST_DESCRIBED = 100  # ECS API, DescribeTasks


@dataclass(frozen=True)
class Task:
    """A running task; `started_at` is None until it runs."""

    task: str
    status: str
    health: str
    started_at: datetime | None


@dataclass(frozen=True)
class Service:
    """A service with its tasks and targets; `rollout` is the state of its last deployment.

    `repair` is the command to give where requests go to a target group without healthy targets.
    """

    desired: int
    running: int
    rollout: str
    tasks: Sequence[Task]
    groups: Sequence[TargetGroup]
    repair: str | None


def read_service(ecs: Any, load_balancing: Any, deployed: DeployedEnvironment) -> Service | None:
    """Read a service; None if there is none. Both clients are boto3's."""
    described = _described(ecs, deployed)
    if described is None:
        return None
    behind = read_target_groups(load_balancing, described)
    return Service(
        desired=described["desiredCount"],
        running=described["runningCount"],
        rollout=_rollout(described),
        tasks=[_task(each) for each in _running(ecs, deployed)],
        groups=behind.groups,
        repair=behind.repair(),
    )


def describe_tasks(
    ecs: Any, cluster: str, desired_status: str, **of: str
) -> list[Mapping[str, Any]]:
    """Return what DescribeTasks says of tasks, the newest hundred.

    `of` says whose, in words of ListTasks: `serviceName` or `family`.
    """
    pages = ecs.get_paginator("list_tasks").paginate(
        cluster=cluster, desiredStatus=desired_status, **of
    )
    arns = [arn for page in pages for arn in page["taskArns"]][:MOST_DESCRIBED]
    if not arns:
        return []
    found: list[Mapping[str, Any]] = ecs.describe_tasks(cluster=cluster, tasks=arns)["tasks"]
    return found


def _running(ecs: Any, deployed: DeployedEnvironment) -> list[Mapping[str, Any]]:
    return describe_tasks(ecs, deployed.cluster, "RUNNING", serviceName=deployed.service)


def task_id(description: Mapping[str, Any]) -> str:
    """Return the short id by which logs name a task."""
    return str(description["taskArn"]).rpartition("/")[2]


def _described(ecs: Any, deployed: DeployedEnvironment) -> Mapping[str, Any] | None:
    try:
        found = ecs.describe_services(cluster=deployed.cluster, services=[deployed.service])
    except ClientError as error:
        if error.response["Error"]["Code"] not in NO_SERVICE:
            raise
        return None
    active = [each for each in found["services"] if each["status"] != "INACTIVE"]
    return active[0] if active else None


def _rollout(described: Mapping[str, Any]) -> str:
    last: Mapping[str, Any] = next(iter(described.get("deployments", [])), {})
    reason = last.get("rolloutStateReason", "")
    state = str(last.get("rolloutState", "unknown")).lower()
    return f"{state} ({reason})" if reason and state == "failed" else state


def _task(description: Mapping[str, Any]) -> Task:
    return Task(
        task_id(description),
        str(description["lastStatus"]).lower(),
        str(description.get("healthStatus", "unknown")).lower(),
        description.get("startedAt"),
    )
