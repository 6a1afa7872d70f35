import json
import re
from typing import Any

import pytest

from creation_time.template_graph import read_graph
from synthesized import Synthesized

ENVIRONMENTS = ["pr-123", "load", "int", "pr-7"]
EXACT_TAG = re.compile(r"[a-z0-9./-]+:\d+\.\d+\.\d+(-[a-z0-9.]+)?")


@pytest.mark.parametrize("stack", ENVIRONMENTS)
def test_every_image_has_an_exact_tag(synthesized: Synthesized, stack: str) -> None:
    task = synthesized.properties(stack, "AWS::ECS::TaskDefinition")
    for container in task["ContainerDefinitions"]:
        assert EXACT_TAG.fullmatch(container["Image"]), container["Image"]


def test_the_mock_host_waits_for_the_loader_which_ends(synthesized: Synthesized) -> None:
    assert synthesized.container("pr-123", "config-loader")["Essential"] is False
    host = synthesized.container("pr-123", "mock-host")
    assert host["DependsOn"] == [{"ContainerName": "config-loader", "Condition": "SUCCESS"}]


def test_the_mock_host_is_not_root_and_its_own_files_are_read_only(
    synthesized: Synthesized,
) -> None:
    """What the loader brought belongs to root; of the volume, only `live` is open to others."""
    host = synthesized.container("pr-123", "mock-host")
    assert host["User"] == "1000:1000"
    assert host["ReadonlyRootFilesystem"] is True
    assert [mount["ContainerPath"] for mount in host["MountPoints"]] == ["/mockenv"]
    assert host["LinuxParameters"]["Capabilities"] == {"Drop": ["ALL"]}


def test_the_mock_host_has_time_to_drain_and_to_finish_its_longest_request(
    synthesized: Synthesized,
) -> None:
    host = synthesized.container("pr-123", "mock-host")
    drain_seconds = int(host["Command"][host["Command"].index("--drain-seconds") + 1])
    assert host["StopTimeout"] > drain_seconds + 29
    assert host["LinuxParameters"]["InitProcessEnabled"] is True


def test_the_mock_host_follows_its_own_bucket(synthesized: Synthesized) -> None:
    command = synthesized.container("pr-123", "mock-host")["Command"]
    bucket = synthesized.logical_id("pr-123", "AWS::S3::Bucket")
    assert command[command.index("--bucket") + 1] == {"Ref": bucket}
    assert command[command.index("--region") + 1] == {"Ref": "AWS::Region"}
    assert command[command.index("--sources-folder") + 1] == "/mockenv/live"


@pytest.mark.parametrize("stack", ENVIRONMENTS)
def test_the_heap_leaves_room_in_the_task(synthesized: Synthesized, stack: str) -> None:
    task = synthesized.properties(stack, "AWS::ECS::TaskDefinition")
    reserved = sum(c.get("MemoryReservation", 0) for c in task["ContainerDefinitions"])
    (heap,) = (
        int(word.split("=")[1])
        for word in synthesized.container(stack, "mock-host")["Command"]
        if isinstance(word, str) and word.startswith("--max-old-space-size=")
    )
    assert 150 < heap < 0.8 * (int(task["Memory"]) - reserved)


def test_each_mockserver_has_its_own_loopback_port_and_proxies_nothing(
    synthesized: Synthesized,
) -> None:
    for name, port in (("ledger", "9100"), ("audit", "9101")):
        container = synthesized.container("pr-7", f"mockserver-{name}")
        variables = {each["Name"]: each["Value"] for each in container["Environment"]}
        assert variables["MOCKSERVER_SERVER_PORT"] == port
        assert variables["MOCKSERVER_LOCAL_BOUND_IP"] == "127.0.0.1"
        assert variables["MOCKSERVER_ATTEMPT_TO_PROXY_IF_NO_MATCHING_EXPECTATION"] == "false"
        assert "PortMappings" not in container


def test_a_mockserver_starts_empty_waits_for_nobody_and_is_restarted_in_its_place(
    synthesized: Synthesized,
) -> None:
    container = synthesized.container("pr-7", "mockserver-ledger")
    assert not any("INITIALIZATION" in each["Name"] for each in container["Environment"])
    assert not {"MountPoints", "DependsOn"} & {key for key, value in container.items() if value}
    assert container["RestartPolicy"] == {"Enabled": True, "RestartAttemptPeriod": 60}


@pytest.mark.parametrize("stack", ENVIRONMENTS)
def test_only_the_mock_host_is_reachable_from_outside(synthesized: Synthesized, stack: str) -> None:
    task = synthesized.properties(stack, "AWS::ECS::TaskDefinition")
    ports = {
        container["Name"]: [port["ContainerPort"] for port in container["PortMappings"]]
        for container in task["ContainerDefinitions"]
        if container.get("PortMappings")
    }
    assert ports == {"mock-host": [8080]}


def test_a_task_may_only_read_its_own_bucket(synthesized: Synthesized) -> None:
    name = json.dumps(synthesized.properties("pr-123", "AWS::S3::Bucket")["BucketName"])
    statements = role_statements(synthesized, "TaskRoleArn")
    assert {s["Action"] for s in statements} == {"s3:GetObject", "s3:ListBucket"}
    for statement in statements:
        arn, partition, s3, bucket, *rest = statement["Resource"]["Fn::Join"][1]
        assert [arn, partition, s3] == ["arn:", {"Ref": "AWS::Partition"}, ":s3:::"]
        assert json.dumps(bucket) == name
        assert rest == (["/*"] if statement["Action"] == "s3:GetObject" else [])


def test_a_tasks_agent_may_only_write_its_log(synthesized: Synthesized) -> None:
    """Which streams of it: test_shared_logs.py."""
    (statement,) = role_statements(synthesized, "ExecutionRoleArn")
    assert statement["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    container = synthesized.container("pr-123", "mock-host")
    group = container["LogConfiguration"]["Options"]["awslogs-group"]
    assert f":log-group:{group}:log-stream:" in str(statement["Resource"])


@pytest.mark.parametrize("stack", ENVIRONMENTS)
def test_what_a_task_may_do_is_inside_its_roles(synthesized: Synthesized, stack: str) -> None:
    """A policy beside a role would hold up the service (docs/creation.md)."""
    task = synthesized.properties(stack, "AWS::ECS::TaskDefinition")
    roles = [task[role]["Fn::GetAtt"][0] for role in ("TaskRoleArn", "ExecutionRoleArn")]
    policies = synthesized.all_of(stack, "AWS::IAM::Policy")
    assert not [p for p in policies for role in roles if {"Ref": role} in p["Properties"]["Roles"]]


def test_no_role_of_a_task_waits_for_the_bucket(synthesized: Synthesized) -> None:
    template = synthesized.template("pr-123")
    task = synthesized.properties("pr-123", "AWS::ECS::TaskDefinition")
    bucket = synthesized.logical_id("pr-123", "AWS::S3::Bucket")
    assert bucket not in read_graph(template).needs[task["TaskRoleArn"]["Fn::GetAtt"][0]]


def test_a_change_of_sources_or_bundle_rolls_the_tasks(synthesized: Synthesized) -> None:
    loader = synthesized.container("pr-123", "config-loader")
    variables = {each["Name"]: each["Value"] for each in loader["Environment"]}
    registration = synthesized.properties("pr-123", "Custom::MockenvRegistration")
    assert variables["DEPLOYED_VERSION"] == registration["Version"]
    assert variables["MOCK_HOST_SHA256"] == registration["MockHostSha256"]


def role_statements(synthesized: Synthesized, role: str) -> list[dict[str, Any]]:
    task = synthesized.properties("pr-123", "AWS::ECS::TaskDefinition")
    resource = synthesized.template("pr-123")["Resources"][task[role]["Fn::GetAtt"][0]]
    (policy,) = resource["Properties"]["Policies"]
    return list(policy["PolicyDocument"]["Statement"])
