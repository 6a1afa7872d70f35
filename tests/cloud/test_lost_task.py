"""What `mockenv status` finds of a task whose environment was rolled back: service and outputs are
gone, the log is not.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from cloud.conftest import Deployed
from cloud.fake_logs import GROUP, FakeLogs
from mockenv.cloud.lost_task import last_lost_task
from mockenv.cloud.stopped_task import StoppedTask
from mockenv.cloud.task_log import (
    TaskLog,
    last_lines,
    last_written_task,
    streams_of_task,
    task_log,
)

CREATED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CREATED_MILLISECONDS = int(CREATED.timestamp() * 1_000)
DEFINITION = "arn:aws:ecs:eu-central-1:123456789012:task-definition/shop-pr-7-tasks:3"
TASK = "arn:aws:ecs:eu-central-1:123456789012:task/mockenv-shop/"
LOG = TaskLog(GROUP, "pr-7/")


@dataclass
class CloudFormation:
    """A stack's resources, as they are listed once they are deleted."""

    kinds: dict[str, str] = field(default_factory=lambda: {"AWS::ECS::TaskDefinition": DEFINITION})

    def list_stack_resources(self, *, StackName: str) -> dict[str, Any]:  # noqa: N803
        assert StackName == "id"
        rows = [
            {
                "LogicalResourceId": "x",
                "ResourceType": kind,
                "PhysicalResourceId": physical_id,
                "ResourceStatus": "DELETE_COMPLETE",
            }
            for kind, physical_id in self.kinds.items()
        ]
        return {"StackResourceSummaries": rows}


@dataclass
class Ecs:
    """Stopped tasks of one family in one cluster."""

    stopped: list[dict[str, Any]] = field(default_factory=list)
    cluster: str = "mockenv-shop"

    def get_paginator(self, operation: str) -> "Ecs":
        assert operation == "list_tasks"
        return self

    def paginate(self, **asked: str) -> list[dict[str, Any]]:
        if asked["cluster"] != self.cluster:
            raise ClientError({"Error": {"Code": "ClusterNotFoundException"}}, "ListTasks")
        assert (asked["family"], asked["desiredStatus"]) == ("shop-pr-7-tasks", "STOPPED")
        return [{"taskArns": [each["taskArn"] for each in self.stopped]}]

    def describe_tasks(self, *, cluster: str, tasks: list[str]) -> dict[str, Any]:
        assert cluster == self.cluster
        assert tasks
        return {"tasks": self.stopped}


def stack(status: str = "ROLLBACK_COMPLETE", **more: Any) -> dict[str, Any]:
    return {"StackId": "id", "StackStatus": status, "CreationTime": CREATED, **more}


def found(ecs: Ecs, logs: FakeLogs, described: dict[str, Any] | None = None) -> StoppedTask | None:
    return last_lost_task(CloudFormation(), ecs, logs, described or stack(), "shop", LOG)


def test_within_an_hour_ecs_still_tells_why() -> None:
    ill: dict[str, Any] = {
        "taskArn": f"{TASK}ill",
        "stoppedAt": CREATED + timedelta(minutes=3),
        "stoppedReason": "Essential container in task exited",
        "containers": [{"name": "config-loader", "exitCode": 0}, {"name": "mock-host"}],
    }
    orderly = {
        "taskArn": f"{TASK}orderly",
        "stoppedAt": CREATED + timedelta(minutes=4),
        "stoppedReason": "Scaling activity initiated by (deployment ecs-svc/1)",
    }
    logs = FakeLogs(
        {
            "pr-7/config-loader/ill": ["loaded"],
            "pr-7/mock-host/ill": ["out of heap"],
            "pr-70/mock-host/ill": ["of another environment"],
        },
        start={"pr-7/config-loader/ill": 1, "pr-7/mock-host/ill": 9},
    )
    assert found(Ecs([ill, orderly]), logs) == StoppedTask(
        "ill",
        ill["stoppedAt"],
        "Essential container in task exited",
        ("config-loader: exit code 0", "mock-host: did not start"),
        ("loaded", "out of heap"),
    )


def test_later_the_log_of_the_task_that_wrote_last_is_what_is_left() -> None:
    start = {
        "pr-7/mock-host/before": CREATED_MILLISECONDS - 60_000,
        "pr-7/mock-host/first": CREATED_MILLISECONDS + 60_000,
        "pr-7/mock-host/last": CREATED_MILLISECONDS + 120_000,
        "pr-7/config-loader/last": CREATED_MILLISECONDS + 110_000,
        "pr-8/mock-host/other": CREATED_MILLISECONDS + 180_000,
    }
    logs = FakeLogs({name: [f"line of {name}"] for name in start}, start)
    lost = found(Ecs(), logs)
    assert lost is not None
    assert (lost.task, lost.stopped_at) == ("last", None)
    assert lost.log == ("line of pr-7/config-loader/last", "line of pr-7/mock-host/last")
    assert "has forgotten" in lost.reason


def test_what_was_written_before_the_last_operation_is_not_its_failure() -> None:
    logs = FakeLogs({"pr-7/mock-host/a": ["x"]}, {"pr-7/mock-host/a": CREATED_MILLISECONDS + 1})
    updated = stack("UPDATE_ROLLBACK_COMPLETE", LastUpdatedTime=CREATED + timedelta(hours=2))
    assert found(Ecs(), logs, updated) is None


@pytest.mark.parametrize("status", ["CREATE_IN_PROGRESS", "DELETE_IN_PROGRESS"])
def test_a_log_alone_is_no_failure(status: str) -> None:
    logs = FakeLogs({"pr-7/mock-host/a": ["x"]}, {"pr-7/mock-host/a": CREATED_MILLISECONDS + 1})
    assert found(Ecs(), logs, stack(status)) is None


def test_a_cluster_or_a_log_that_is_gone_is_no_error() -> None:
    assert found(Ecs(cluster="another"), FakeLogs()) is None
    log = TaskLog("/mockenv/gone/tasks", "pr-7/")
    assert last_lines(FakeLogs(), log.group, ["pr-7/mock-host/a"], 10) == []


def test_against_the_real_interface(project: Deployed) -> None:
    """The same calls against an emulator, whose client checks every name and type."""
    logs = project.emulator.client("logs")
    log = task_log("shop", "pr-7")
    now = int(datetime.now(UTC).timestamp() * 1_000)
    logs.create_log_group(logGroupName=log.group)
    for name in ("pr-7/mock-host/a", "pr-7/config-loader/a", "pr-70/mock-host/b"):
        logs.create_log_stream(logGroupName=log.group, logStreamName=name)
        events = [{"timestamp": now + n, "message": f"{name} {n}"} for n in range(3)]
        logs.put_log_events(logGroupName=log.group, logStreamName=name, logEvents=events)
    assert last_written_task(logs, log, now - 60_000) == "a"
    assert last_written_task(logs, log, now + 60_000) is None
    streams = streams_of_task(logs, log, "a")
    assert sorted(streams) == ["pr-7/config-loader/a", "pr-7/mock-host/a"]
    assert last_lines(logs, log.group, [*streams, "pr-7/gone/a"], 2) == [
        "pr-7/config-loader/a 2",
        "pr-7/mock-host/a 2",
    ]
    assert last_written_task(logs, TaskLog("/mockenv/gone/tasks", "pr-7/"), 0) is None
