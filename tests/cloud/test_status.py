"""`mockenv status`: what ECS, the load balancer and the logs say (fakes), and as a process."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from cloud.conftest import Deployed, mockenv
from cloud.fake_logs import FakeLogs
from cloud.registered_environment import deploy, publish_registry, record, tags, write
from cloud.two_target_groups import BLUE, GREEN, SERVICE, TwoGroups
from mockenv.cloud.stack_failure import why_the_stack_failed
from mockenv.cloud.status import Status, read_status
from mockenv.cloud.status_report import as_data, as_text
from ttl_cleanup.registry.table import RegistryTable

NOW = int(time.time())
STARTED = datetime.fromtimestamp(NOW, UTC) - timedelta(hours=3)
CLUSTER = "arn:aws:ecs:eu-central-1:123456789012:task/mockenv-shop"
STACK_ID = (
    "arn:aws:cloudformation:eu-central-1:123456789012:stack/mockenv-shop-env-pr-7/"
    "0a1b2c3d-1111-2222-3333-444455556666"
)
GROUP = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/x/1"


def task(name: str, **more: Any) -> dict[str, Any]:
    running = {"lastStatus": "RUNNING", "healthStatus": "HEALTHY", "startedAt": STARTED}
    return {"taskArn": f"{CLUSTER}/{name}", **running, **more}


def stopped(name: str, minutes_ago: int, reason: str, **more: Any) -> dict[str, Any]:
    at = datetime.fromtimestamp(NOW, UTC) - timedelta(minutes=minutes_ago)
    containers = [
        {"name": "config-loader", "exitCode": 0},
        {"name": "mock-host", "exitCode": 137, "reason": "OutOfMemoryError"},
    ]
    ended = {"stoppedAt": at, "stoppedReason": reason, "containers": containers}
    return task(name, lastStatus="STOPPED", **ended, **more)


@dataclass
class Pages:
    """A paginator of a fake client."""

    pages: list[dict[str, Any]]

    def paginate(self, **_: Any) -> list[dict[str, Any]]:
        return self.pages


@dataclass
class Ecs:
    """One service with its tasks."""

    running: list[dict[str, Any]] = field(default_factory=list)
    stopped: list[dict[str, Any]] = field(default_factory=list)
    has_cluster: bool = True
    balancer: Mapping[str, Any] = field(default_factory=lambda: {"targetGroupArn": GROUP})

    def describe_services(self, *, cluster: str, services: list[str]) -> dict[str, Any]:
        assert (cluster, services) == ("mockenv-shop", ["mocks"])
        if not self.has_cluster:
            raise ClientError({"Error": {"Code": "ClusterNotFoundException"}}, "DescribeServices")
        deployment = {"rolloutState": "FAILED", "rolloutStateReason": "tasks failed to start"}
        service = {
            "status": "ACTIVE",
            "desiredCount": 2,
            "runningCount": len(self.running),
            "deployments": [deployment],
            "loadBalancers": [self.balancer],
        }
        return {"services": [service]}

    def get_paginator(self, operation: str) -> "Ecs":
        assert operation == "list_tasks"
        return self

    def paginate(self, *, desiredStatus: str, **which: Any) -> list[dict[str, Any]]:  # noqa: N803
        if not self.has_cluster:
            raise ClientError({"Error": {"Code": "ClusterNotFoundException"}}, "ListTasks")
        assert which == {"cluster": "mockenv-shop", "serviceName": "mocks"}
        tasks = self.running if desiredStatus == "RUNNING" else self.stopped
        return [{"taskArns": [each["taskArn"]]} for each in tasks]

    def describe_tasks(self, *, cluster: str, tasks: list[str]) -> dict[str, Any]:
        assert cluster
        known = [*self.running, *self.stopped]
        return {"tasks": [each for each in known if each["taskArn"] in tasks]}


class LoadBalancing:
    """Two targets, one of them ill."""

    def describe_target_health(self, *, TargetGroupArn: str) -> dict[str, Any]:  # noqa: N803
        assert TargetGroupArn == GROUP
        ill = {"State": "unhealthy", "Description": "Request timed out"}
        return {
            "TargetHealthDescriptions": [
                {"Target": {"Id": "10.0.0.4", "Port": 8080}, "TargetHealth": {"State": "healthy"}},
                {"Target": {"Id": "10.0.0.5", "Port": 8080}, "TargetHealth": ill},
            ]
        }


@dataclass
class Fakes:
    """The clients, of which CloudFormation's is the emulator's."""

    cloudformation: Any
    ecs: Ecs
    logs: FakeLogs
    load_balancing: LoadBalancing | TwoGroups = field(default_factory=LoadBalancing)


@pytest.fixture
def registry(project: Deployed) -> RegistryTable:
    table = publish_registry(project.emulator)
    end = NOW + 12 * 3_600  # later than what the stack says, however long ago NOW was
    write(table, record(deploy(project.emulator), NOW, owner="somebody", expires_at=end))
    return table


def read(project: Deployed, registry: RegistryTable, ecs: Ecs, logs: FakeLogs) -> Status:
    clients = Fakes(project.emulator.client("cloudformation"), ecs, logs)
    return read_status(clients, registry, "shop", "pr-7")


def said(event: str, version: str) -> str:
    return json.dumps({"event": event, "version": version})


def test_tasks_targets_and_versions(project: Deployed, registry: RegistryTable) -> None:
    ecs = Ecs(running=[task("a1"), task("b2", healthStatus="UNKNOWN")])
    logs = FakeLogs.of_tasks(a1=[said("ready", "1" * 16), said("config_reloaded", "2" * 16)], c3=[])
    status = read(project, registry, ecs, logs)
    text = as_text(status, NOW)
    assert text.startswith("pr-7: active\n")
    assert "service       2 of 2 tasks run, rollout failed (tasks failed to start)" in text
    assert f"task          a1  running, healthy, serves {'2' * 16}" in text
    assert "task          b2  running, unknown, serves nothing yet" in text
    assert "target        10.0.0.4:8080  healthy\n" in text
    assert "target        10.0.0.5:8080  unhealthy (Request timed out)" in text
    assert "stack         mockenv-shop-env-pr-7  CREATE_COMPLETE" in text
    assert "ends          in 12 h  " in text
    assert "last failure" not in text
    assert "target group" not in text
    told = json.loads(json.dumps(as_data(status, NOW)))
    (group,) = told["service"]["groups"]
    assert [each["health"] for each in group["targets"]] == ["healthy", "unhealthy"]
    assert told["versions"] == {"a1": "2" * 16}
    assert told["service"]["tasks"][0]["started_at"] == STARTED.isoformat(timespec="seconds")
    assert told["last_failure"] is None


def test_which_of_two_target_groups_serves(project: Deployed, registry: RegistryTable) -> None:
    (balancer,) = SERVICE["loadBalancers"]
    groups = TwoGroups({BLUE: [], GREEN: ["healthy", "initial"]}, {BLUE: 0, GREEN: 100})
    clients = Fakes(
        project.emulator.client("cloudformation"), Ecs(balancer=balancer), FakeLogs(), groups
    )
    text = as_text(read_status(clients, registry, "shop", "pr-7"), NOW)
    assert "target group  blue  waits, 0 of 0 targets healthy" in text
    assert "target group  green  serves, 1 of 2 targets healthy" in text
    assert "problem" not in text
    groups.weights = {BLUE: 100, GREEN: 0}
    text = as_text(read_status(clients, registry, "shop", "pr-7"), NOW)
    assert "problem       requests go to a target group without healthy targets" in text
    assert "aws elbv2 modify-rule" in text


def test_the_last_task_that_failed_and_its_last_words(
    project: Deployed, registry: RegistryTable
) -> None:
    ecs = Ecs(
        stopped=[
            stopped("old", 40, "Essential container in task exited"),
            stopped(
                "ill", 9, "Task failed ELB health checks", stopCode="ServiceSchedulerInitiated"
            ),
            stopped("replaced", 5, "Scaling activity initiated by (deployment ecs-svc/1)"),
            stopped("by-hand", 2, "Task stopped by user", stopCode="UserInitiated"),
        ]
    )
    logs = FakeLogs.of_tasks(ill=[f"line {number}" for number in range(12)], other=["not this"])
    status = read(project, registry, ecs, logs)
    text = as_text(status, NOW)
    assert "last failure  task ill stopped at " in text
    assert "UTC: Task failed ELB health checks" in text
    assert "mock-host: exit code 137, OutOfMemoryError" in text
    assert "| line 11" in text
    assert "| line 1\n" not in text
    assert "not this" not in text
    assert as_data(status, NOW)["last_failure"]["task"] == "ill"


def test_a_service_that_is_not_there_yet(project: Deployed, registry: RegistryTable) -> None:
    status = read(project, registry, Ecs(has_cluster=False), FakeLogs())
    assert "service       none" in as_text(status, NOW)
    assert as_data(status, NOW)["service"] is None


class Events:
    """A stack's events, the newest first, as CloudFormation gives them."""

    def get_paginator(self, operation: str) -> Pages:
        assert operation == "describe_stack_events"
        rows = [
            ("id", "Stack", "UPDATE_ROLLBACK_IN_PROGRESS", "failed to update: [Service]"),
            ("", "Rule", "UPDATE_FAILED", "Resource update cancelled"),
            ("", "Service", "UPDATE_FAILED", "ECS Deployment Circuit Breaker was triggered"),
            ("", "Service", "UPDATE_IN_PROGRESS", ""),
            ("id", "Stack", "UPDATE_IN_PROGRESS", "User Initiated"),
            ("", "Alarm", "UPDATE_FAILED", "of an earlier update"),
        ]
        names = (
            "PhysicalResourceId",
            "LogicalResourceId",
            "ResourceStatus",
            "ResourceStatusReason",
        )
        events = [dict(zip(names, row, strict=True)) for row in rows]
        return Pages([{"StackEvents": events[:2]}, {"StackEvents": events[2:]}])


@dataclass
class RolledBack:
    """CloudFormation, after it took everything back that it had made."""

    tags: dict[str, str]
    events: Events = field(default_factory=Events)

    def describe_stacks(self, **_: str) -> dict[str, Any]:
        stack = {
            "StackId": STACK_ID,
            "StackName": "mockenv-shop-env-pr-7",
            "StackStatus": "ROLLBACK_COMPLETE",
            "CreationTime": STARTED,
            "Tags": [{"Key": key, "Value": value} for key, value in self.tags.items()],
        }
        return {"Stacks": [stack]}

    def get_paginator(self, operation: str) -> Pages:
        return self.events.get_paginator(operation)

    def list_stack_resources(self, **_: str) -> dict[str, Any]:
        return {"StackResourceSummaries": []}


def test_after_a_rollback_the_failing_tasks_last_lines_are_still_there(
    registry: RegistryTable,
) -> None:
    began = {"pr-7/mock-host/ill": int(STARTED.timestamp() * 1_000) + 90_000}
    logs = FakeLogs({"pr-7/mock-host/ill": ["core.yaml: line 3: no such type"]}, began)
    clients = Fakes(RolledBack(tags()), Ecs(has_cluster=False), logs)
    text = as_text(read_status(clients, registry, "shop", "pr-7"), NOW)
    assert text.startswith("pr-7: create failed")
    assert "service       none\n" in text
    assert "last failure  task ill stopped: ECS, which keeps stopped tasks" in text
    assert "| core.yaml: line 3: no such type" in text


def test_why_a_stack_failed_is_its_first_failure() -> None:
    reason = "Service: ECS Deployment Circuit Breaker was triggered"
    assert why_the_stack_failed(Events(), "id", "ROLLBACK_COMPLETE") == reason
    assert why_the_stack_failed(Events(), "id", "UPDATE_ROLLBACK_COMPLETE") == reason
    assert why_the_stack_failed(Events(), "id", "CREATE_COMPLETE") is None


@pytest.mark.usefixtures("registry")
def test_as_a_process(project: Deployed) -> None:
    code, out, talk = mockenv(project, "status", "pr-7")
    assert (code, talk) == (0, "")
    assert out.startswith("pr-7: active")
    told = json.loads(mockenv(project, "status", "pr-7", "--json")[1])
    assert (told["environment"], told["stack_status"]) == ("pr-7", "CREATE_COMPLETE")
    code, _, talk = mockenv(project, "status", "pr-8")
    assert code == 3
    assert "there is no environment pr-8 of shop" in talk


def test_a_record_that_can_not_be_read_is_part_of_the_status(
    project: Deployed, registry: RegistryTable
) -> None:
    broken = {"environment": {"S": "pr-7"}, "generation": {"S": "x"}}
    registry.client.put_item(TableName=registry.table_name, Item=broken)
    text = as_text(read(project, registry, Ecs(), FakeLogs()), NOW)
    assert text.startswith("pr-7: unreadable")
    assert "generation is 'x'" in text
