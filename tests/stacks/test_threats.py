"""What nobody may be able to do, over every template: docs/security.md names these tests."""

from collections.abc import Iterator
from typing import Any

import pytest

from synthesized import Resource, Synthesized

ANYBODY = ({"AWS": "*"}, "*")
OPEN_TO_ALL = {"0.0.0.0/0", "::/0"}


def everywhere(synthesized: Synthesized, kind: str) -> Iterator[tuple[str, Resource]]:
    """Yield every resource of a type with its stack."""
    for stack in synthesized.stacks():
        for resource in synthesized.all_of(stack, kind):
            yield stack, resource["Properties"]


def groups_of(synthesized: Synthesized, stack: str) -> dict[str, str]:
    """Return the security groups of a stack: what they are for, by logical id."""
    return {
        name: resource["Properties"]["GroupDescription"]
        for name, resource in synthesized.template(stack)["Resources"].items()
        if resource["Type"] == "AWS::EC2::SecurityGroup"
    }


def test_nothing_but_the_gateway_is_reachable_from_outside(synthesized: Synthesized) -> None:
    balancers = list(everywhere(synthesized, "AWS::ElasticLoadBalancingV2::LoadBalancer"))
    assert balancers
    assert {properties["Scheme"] for _, properties in balancers} == {"internal"}
    assert not list(everywhere(synthesized, "AWS::Lambda::Url"))
    for kind in ("AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress"):
        for stack, properties in everywhere(synthesized, kind):
            rules = properties.get("SecurityGroupIngress", [properties])
            ranges = {rule.get("CidrIp", rule.get("CidrIpv6")) for rule in rules}
            assert not ranges & OPEN_TO_ALL, stack


@pytest.mark.parametrize("network", ["network-none", "network-instance", "network-gateway"])
def test_a_task_reaches_neither_the_balancer_nor_another_task(
    synthesized: Synthesized, network: str
) -> None:
    """A task that was taken over can't call its neighbours past the gateway."""
    (tasks,) = (
        name
        for name, purpose in groups_of(synthesized, network).items()
        if purpose == "The tasks of all environments"
    )
    ids = [{"Fn::GetAtt": [tasks, "GroupId"]}, {"Ref": tasks}]
    sources = [
        rule["Properties"].get("SourceSecurityGroupId")
        for rule in synthesized.all_of(network, "AWS::EC2::SecurityGroupIngress")
        if rule["Properties"]["FromPort"] in {80, 8080}
    ]
    assert sources
    assert not [source for source in sources if source in ids]


def test_no_rule_fits_another_environment(synthesized: Synthesized) -> None:
    """A rule's values may hold * and ?, which would take what is meant for others."""
    rules = list(everywhere(synthesized, "AWS::ElasticLoadBalancingV2::ListenerRule"))
    assert rules
    for stack, properties in rules:
        (condition,) = properties["Conditions"]
        assert condition["Field"] == "http-header", stack
        (value,) = condition["HttpHeaderConfig"]["Values"]
        assert not set("*?") & set(value), stack


def test_headers_that_only_look_like_ours_are_dropped(synthesized: Synthesized) -> None:
    """X_Mock_Environment is no header by HTTP's own rules, but some servers take it for one."""
    for stack, properties in everywhere(synthesized, "AWS::ElasticLoadBalancingV2::LoadBalancer"):
        attributes = {each["Key"]: each["Value"] for each in properties["LoadBalancerAttributes"]}
        assert attributes["routing.http.drop_invalid_header_fields.enabled"] == "true", stack


def test_nobody_is_granted_anything_as_anybody(synthesized: Synthesized) -> None:
    for kind in ("AWS::S3::BucketPolicy", "AWS::SNS::TopicPolicy", "AWS::KMS::Key"):
        for stack, properties in everywhere(synthesized, kind):
            document = properties.get("PolicyDocument") or properties["KeyPolicy"]
            for statement in document["Statement"]:
                is_open = statement["Principal"] in ANYBODY and "Condition" not in statement
                assert not (statement["Effect"] == "Allow" and is_open), stack
    for stack, properties in everywhere(synthesized, "AWS::Lambda::Permission"):
        assert properties["Principal"].endswith(".amazonaws.com"), stack
        assert "SourceArn" in properties, stack


def test_no_role_administers(synthesized: Synthesized) -> None:
    for stack in synthesized.stacks():
        for statement in synthesized.statements(stack):
            actions = statement["Action"]
            listed = [actions] if isinstance(actions, str) else actions
            assert not [one for one in listed if one.endswith("*") and not _may_end_in_star(one)]
            assert not {"iam:CreateRole", "iam:PutRolePolicy", "sts:AssumeRole"} & set(listed)


def _may_end_in_star(action: str) -> bool:
    """Admit what AWS itself names so: GenerateDataKey with and without plain text."""
    return action in {"kms:GenerateDataKey*", "kms:ReEncrypt*"}


def test_no_role_reads_or_deletes_logs(synthesized: Synthesized) -> None:
    """All environments of a project share them; only people, by their own rights, read them."""
    used = set()
    for stack in synthesized.stacks():
        for statement in synthesized.statements(stack):
            actions = statement["Action"]
            listed = [actions] if isinstance(actions, str) else actions
            used |= {action for action in listed if action.startswith("logs:")}
    assert used == {"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"}


def test_nobody_logs_in_to_a_task(synthesized: Synthesized) -> None:
    services = list(everywhere(synthesized, "AWS::ECS::Service"))
    assert services
    assert not [stack for stack, properties in services if properties["EnableExecuteCommand"]]


def test_no_secret_stands_in_a_variable(synthesized: Synthesized) -> None:
    """Variables can be read by whoever may look at functions or task definitions."""
    suspicious = ("PASSWORD", "SECRET", "PRIVATE")
    for stack, properties in everywhere(synthesized, "AWS::Lambda::Function"):
        names: Any = properties.get("Environment", {}).get("Variables", {})
        assert not [name for name in names if any(word in name for word in suspicious)], stack
    for stack, properties in everywhere(synthesized, "AWS::ECS::TaskDefinition"):
        for container in properties["ContainerDefinitions"]:
            names = [each["Name"] for each in container.get("Environment", [])]
            assert not [name for name in names if any(w in name for w in suspicious)], stack
