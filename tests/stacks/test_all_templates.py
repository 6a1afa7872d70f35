import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from synthesized import Synthesized, synthesize_all

NETWORKS = [
    *("network-none", "network-instance", "network-gateway", "network-domain-key"),
    *("network-two", "network-existing"),
]
ENVIRONMENTS = [
    *("pr-123", "load", "surge", "heavy", "int", "stage", "pr-7", "pr-8", "pr-9"),
    *("pr-443", "pr-512"),  # own domain; images, Spot and key
    *("dedicated", "existing"),
]
CLEANUPS = ["ttl-cleanup", "ttl-cleanup-key"]
STACKS = [*NETWORKS, *CLEANUPS, *ENVIRONMENTS]
# What has no resources to be narrowed to (service authorization reference).
WITHOUT_RESOURCES = {
    "tag:GetResources",
    "ecr:GetAuthorizationToken",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeRules",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
}
MANAGED_POLICIES = "ManagedPolicyArns"


@pytest.fixture(params=STACKS)
def template(synthesized: Synthesized, request: pytest.FixtureRequest) -> dict[str, Any]:
    return synthesized.template(request.param)


def words(node: Any) -> Iterator[str]:
    """Yield every text of a template, keys included."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from words(value)
    elif isinstance(node, list):
        for value in node:
            yield from words(value)
    elif isinstance(node, str):
        yield node


def test_these_are_all_stacks(synthesized: Synthesized) -> None:
    assert synthesized.stacks() == sorted(STACKS)


def test_nobody_may_create_log_groups(template: dict[str, Any]) -> None:
    actions = {word for word in words(template) if word.startswith("logs:")}
    assert actions <= {"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"}
    assert MANAGED_POLICIES not in set(words(template))


def test_every_log_group_is_bounded_and_goes_with_its_stack(template: dict[str, Any]) -> None:
    groups = [r for r in template["Resources"].values() if r["Type"] == "AWS::Logs::LogGroup"]
    for group in groups:
        assert group["Properties"]["RetentionInDays"] <= 30
        assert group["DeletionPolicy"] == group["UpdateReplacePolicy"] == "Delete"


def test_nothing_is_exported_or_imported(template: dict[str, Any]) -> None:
    assert not {"Export", "Fn::ImportValue", "Fn::GetStackOutput"} & set(words(template))


def test_no_image_is_latest(template: dict[str, Any]) -> None:
    assert not [word for word in words(template) if re.search(r":latest$", word)]


def test_no_stand_in_for_what_is_imported_is_deployed(template: dict[str, Any]) -> None:
    assert not {"security-group", "route-table", "zone-0"} & set(words(template))


def test_nothing_stays_behind(template: dict[str, Any]) -> None:
    kept = {
        name
        for name, resource in template["Resources"].items()
        if resource.get("DeletionPolicy", "Delete") != "Delete"
    }
    assert kept == set()


def test_no_template_holds_a_time(template: dict[str, Any]) -> None:
    assert not [w for w in words(template) if re.search(r"\b20\d\d-\d\d-\d\dT|\b1[789]\d{8}\b", w)]


@pytest.mark.parametrize("stack", [*CLEANUPS, *ENVIRONMENTS])
def test_no_permission_reaches_all_resources(synthesized: Synthesized, stack: str) -> None:
    for statement in synthesized.statements(stack):
        stated = statement["Action"]
        actions = {stated} if isinstance(stated, str) else set(stated)
        assert statement["Resource"] != "*" or actions <= WITHOUT_RESOURCES
        assert not [action for action in actions if "*" in action]


def test_a_second_synth_gives_the_same_bytes(synthesized: Synthesized, tmp_path: Path) -> None:
    again = synthesize_all(tmp_path)
    for file in [*synthesized.folder.glob("*.template.json"), synthesized.folder / "manifest.json"]:
        assert (again.folder / file.name).read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    ("stack", "tags"),
    [
        ("network-none", {"mockenv:project": "payments"}),
        ("ttl-cleanup", {"mockenv:project": "payments"}),
        (
            "pr-123",
            {
                "mockenv:project": "payments",
                "mockenv:environment": "pr-123",
                "mockenv:ttl": "8h",
            },
        ),
        (
            "int",
            {
                "mockenv:project": "payments",
                "mockenv:environment": "int",
                "mockenv:ttl": "never",
                "mockenv:owner": "somebody@example.com",
            },
        ),
    ],
)
def test_stack_tags_reach_the_manifest(
    synthesized: Synthesized, stack: str, tags: dict[str, str]
) -> None:
    """Without them nobody finds the stack: the CLI deploys what the manifest says."""
    assert synthesized.manifest(stack)["tags"] == tags


@pytest.mark.parametrize(
    ("stack", "name"),
    [
        ("network-none", "mockenv-payments-network"),
        ("ttl-cleanup", "mockenv-payments-ttl-cleanup"),
        ("pr-123", "mockenv-payments-env-pr-123"),
    ],
)
def test_stacks_have_their_fixed_names(synthesized: Synthesized, stack: str, name: str) -> None:
    assert synthesized.manifest(stack)["stackName"] == name


@pytest.mark.parametrize(("stack", "is_protected"), [("pr-123", False), ("int", True)])
def test_only_lasting_environments_are_protected(
    synthesized: Synthesized, stack: str, is_protected: bool
) -> None:
    assert synthesized.manifest(stack).get("terminationProtection", False) is is_protected


@pytest.mark.parametrize("stack", ENVIRONMENTS)
def test_environments_read_only_what_the_shared_stacks_publish(
    synthesized: Synthesized, stack: str
) -> None:
    published = {
        resource["Properties"]["Name"]
        for shared in ("network-domain-key", "ttl-cleanup")
        for resource in synthesized.all_of(shared, "AWS::SSM::Parameter")
    }
    parameters = synthesized.template(stack)["Parameters"].values()
    read = {p["Default"] for p in parameters if p["Default"].startswith("/mockenv/")}
    assert read
    assert read <= published


def test_outputs_tell_what_callers_need(synthesized: Synthesized) -> None:
    outputs = synthesized.template("pr-7")["Outputs"]
    assert set(outputs) == {
        "Url",
        "Environment",
        "ConfigBucket",
        "Version",
        "ExpiresAfter",
        "TokenHeader",
        "Cluster",
        "Service",
        "LoadBalancer",
        "TargetGroups",
        "TaskLog",
    }
    assert outputs["TargetGroups"]["Value"] == "1"
    assert synthesized.template("stage")["Outputs"]["TargetGroups"]["Value"] == "2"
    assert outputs["TaskLog"]["Value"] == "/mockenv/payments/tasks"
    assert outputs["ExpiresAfter"]["Value"] == "8h"
    assert outputs["TokenHeader"]["Value"] == "x-mock-token"


def test_the_constructs_folder_is_no_package(root: Path) -> None:
    """With an __init__.py it would hide the constructs library that CDK itself imports."""
    assert (root / "constructs" / "mock_constructs" / "__init__.py").exists()
    assert not (root / "constructs" / "__init__.py").exists()
