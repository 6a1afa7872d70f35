"""Environments whose network is made in their own stack: dedicated, or in a VPC that is there."""

import json
from collections import Counter
from typing import Any

import pytest

from security_groups import LINK, admitted, group, reached
from synthesized import SETTINGS, Synthesized, synthesize_environments
from template_graph import needed_by

LISTENER = (
    "arn:aws:elasticloadbalancing:eu-central-1:123456789012:"
    "listener/app/theirs/0123456789abcdef/fedcba9876543210"
)
GROUP = "sg-0a1b2c3d"
BROUGHT = f"""
    vpc_id: vpc-0a1b2c3d
    task_subnet_ids: [subnet-0a1b2c3d, subnet-1a1b2c3d]
    public_tasks: true
    listener_arn: {LISTENER}
    listener_port: 8081
    load_balancer_security_group_id: {GROUP}"""
ENVIRONMENTS = {
    "pr-10": "environments:\n  pr-*: {network: dedicated}\n"
    "network: {nat: gateway, zones: [eu-central-1b, eu-central-1c]}\n",
    "pr-11": "environments:\n  pr-*: {network: dedicated}\nnetwork: {nat: instance}\n",
    "pr-12": f"environments:\n  pr-*:\n   network:{BROUGHT}\n",
    "pr-13": f"environments:\n  pr-*:\n   network:{BROUGHT}\n    gateway_link_id: abc123\n",
    "pr-14": f"network:\n  existing:{BROUGHT}\n    gateway_link_id: abc123\n",
}
OWN = ["dedicated", "existing"]
VPC_KINDS = ("AWS::EC2::", "AWS::ElasticLoadBalancingV2::", "AWS::ApiGatewayV2::VpcLink")
OF_AN_ENVIRONMENT = {
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    "AWS::ElasticLoadBalancingV2::ListenerRule",
}
SERVICE = "AWS::ECS::Service"
NAMES = {"Name", "LogGroupName", "ClusterName", "FunctionName", "RoleName", "BucketName"}
NAMED_WITHIN = {"AWS::ApiGatewayV2::Authorizer"}
LINK_KIND = "AWS::ApiGatewayV2::VpcLink"
BALANCER_KIND = "AWS::ElasticLoadBalancingV2::LoadBalancer"


@pytest.fixture(scope="module")
def more(synthesized: Synthesized, tmp_path_factory: pytest.TempPathFactory) -> Synthesized:  # noqa: ARG001 (loads CDK)
    """Settings that differ in what is there already, and in NAT."""
    head = SETTINGS.partition("environments:")[0]
    texts = {name: head + text for name, text in ENVIRONMENTS.items()}
    return synthesize_environments(tmp_path_factory.mktemp("own"), texts)


def network_parts(synthesized: Synthesized, stack: str) -> Counter[str]:
    resources = synthesized.template(stack)["Resources"].values()
    kinds = (r["Type"] for r in resources)
    return Counter(k for k in kinds if k.startswith(VPC_KINDS) and k not in OF_AN_ENVIRONMENT)


def test_a_dedicated_network_is_what_the_shared_one_is(
    synthesized: Synthesized, more: Synthesized
) -> None:
    shared = network_parts(synthesized, "network-none")
    assert network_parts(synthesized, "dedicated") == shared
    assert network_parts(more, "pr-10") == network_parts(synthesized, "network-gateway")
    assert network_parts(more, "pr-11") == network_parts(synthesized, "network-instance")


def test_it_is_in_the_zones_of_the_shared_one(more: Synthesized) -> None:
    subnets = more.all_of("pr-10", "AWS::EC2::Subnet")
    zones = {subnet["Properties"]["AvailabilityZone"] for subnet in subnets}
    assert zones == {"eu-central-1b", "eu-central-1c"}


def test_in_a_vpc_that_is_there_only_the_way_to_tasks_is_made(synthesized: Synthesized) -> None:
    assert network_parts(synthesized, "existing") == {
        "AWS::EC2::SecurityGroup": 3,
        "AWS::EC2::SecurityGroupIngress": 2,
        "AWS::EC2::SecurityGroupEgress": 2,
        BALANCER_KIND: 1,
        "AWS::ElasticLoadBalancingV2::Listener": 1,
        LINK_KIND: 1,
    }
    placed = synthesized.properties("existing", SERVICE)["NetworkConfiguration"]
    assert placed["AwsvpcConfiguration"]["AssignPublicIp"] == "DISABLED"
    assert placed["AwsvpcConfiguration"]["Subnets"] == [f"subnet-{n}a1b2c3d" for n in (0, 1, 2)]
    inner = ["subnet-3a1b2c3d", "subnet-4a1b2c3d", "subnet-5a1b2c3d"]
    assert synthesized.properties("existing", LINK_KIND)["SubnetIds"] == inner
    assert synthesized.properties("existing", BALANCER_KIND)["Subnets"] == inner


@pytest.mark.parametrize("stack", OWN)
def test_of_the_shared_network_only_the_cluster_is_used(
    synthesized: Synthesized, stack: str
) -> None:
    parameters = synthesized.template(stack)["Parameters"]
    assert {name for name in parameters if name.startswith("Network")} == {"NetworkClusterName"}
    assert synthesized.properties(stack, SERVICE)["Cluster"] == {"Ref": "NetworkClusterName"}


@pytest.mark.parametrize("stack", OWN)
def test_requests_go_through_its_own_link_to_its_own_listener(
    synthesized: Synthesized, stack: str
) -> None:
    integration = synthesized.properties(stack, "AWS::ApiGatewayV2::Integration")
    listener = {"Ref": synthesized.logical_id(stack, "AWS::ElasticLoadBalancingV2::Listener")}
    assert integration["ConnectionId"] == {"Ref": synthesized.logical_id(stack, LINK_KIND)}
    assert integration["IntegrationUri"] == listener
    header = integration["RequestParameters"]["overwrite:header.x-mock-environment"]
    assert header == stack
    assert the_rule(synthesized, stack)["ListenerArn"] == listener


def needed(synthesized: Synthesized, stack: str, kind: str) -> set[str]:
    return needed_by(synthesized.template(stack), synthesized.logical_id(stack, kind))


def of_kinds(synthesized: Synthesized, stack: str, *kinds: str) -> set[str]:
    resources = synthesized.template(stack)["Resources"].items()
    found = {name for name, resource in resources if resource["Type"] in kinds}
    assert found
    return found


@pytest.mark.parametrize("stack", OWN)
def test_the_service_starts_behind_open_groups_and_ends_before_they_close(
    synthesized: Synthesized, stack: str
) -> None:
    rules = of_kinds(
        synthesized, stack, "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"
    )
    assert rules <= needed(synthesized, stack, SERVICE)


def test_a_service_with_public_addresses_ends_before_the_internet_gateway_is_detached(
    synthesized: Synthesized,
) -> None:
    """ "Network has some mapped public addresses", EC2 would say, and the deletion would fail."""
    before = needed(synthesized, "dedicated", SERVICE)
    assert of_kinds(synthesized, "dedicated", "AWS::EC2::VPCGatewayAttachment") <= before


@pytest.mark.parametrize(
    ("stack", "kind"), [("pr-10", "AWS::EC2::NatGateway"), ("pr-11", "AWS::EC2::Instance")]
)
def test_a_service_behind_nat_starts_when_that_is_there(
    more: Synthesized, stack: str, kind: str
) -> None:
    assert of_kinds(more, stack, kind) <= needed(more, stack, SERVICE)


@pytest.mark.parametrize("stack", OWN)
def test_the_link_goes_after_all_that_refers_to_it_and_holds_up_no_task(
    synthesized: Synthesized, stack: str
) -> None:
    link = of_kinds(synthesized, stack, LINK_KIND)
    assert link <= needed(synthesized, stack, "AWS::ApiGatewayV2::Integration")
    assert link <= needed(synthesized, stack, "AWS::ApiGatewayV2::Stage")
    assert not link & needed(synthesized, stack, SERVICE)


def test_a_given_listener_gets_our_rule_and_a_link(more: Synthesized) -> None:
    assert the_rule(more, "pr-12")["ListenerArn"] == LISTENER
    assert the_rule(more, "pr-12")["Priority"] == 12
    assert more.all_of("pr-12", BALANCER_KIND) == []
    integration = more.properties("pr-12", "AWS::ApiGatewayV2::Integration")
    assert integration["IntegrationUri"] == LISTENER
    link = group(more, "pr-12", LINK)
    assert more.properties("pr-12", LINK_KIND)["SecurityGroupIds"] == [link]


def test_rules_in_a_given_group_are_resources_that_go_with_the_stack(more: Synthesized) -> None:
    tasks = group(more, "pr-12", "The tasks of environment pr-12")
    link = group(more, "pr-12", LINK)
    assert admitted(more, "pr-12", GROUP) == [(link, 8081)]
    assert reached(more, "pr-12", GROUP) == [(tasks, 8080)]
    assert admitted(more, "pr-12", tasks) == [(GROUP, 8080)]
    assert reached(more, "pr-12", link) == [(GROUP, 8081)]


def test_a_given_link_is_used_and_nothing_is_written_for_it(more: Synthesized) -> None:
    assert more.all_of("pr-13", LINK_KIND) == []
    integration = more.properties("pr-13", "AWS::ApiGatewayV2::Integration")
    assert integration["ConnectionId"] == "abc123"
    assert admitted(more, "pr-13", GROUP) == []
    assert len(more.all_of("pr-13", "AWS::EC2::SecurityGroup")) == 1


@pytest.mark.parametrize("stack", ENVIRONMENTS)
def test_no_stand_in_for_what_is_imported_is_deployed(more: Synthesized, stack: str) -> None:
    text = json.dumps(more.template(stack))
    assert not [word for word in ("security-group", "route-table", "zone-0") if f'"{word}"' in text]


def test_metrics_are_those_of_the_given_load_balancer(more: Synthesized) -> None:
    queries = more.properties("pr-12", "AWS::CloudWatch::Alarm")["Metrics"]
    (healthy,) = (query for query in queries if query["Id"] == "healthy1")
    dimensions = healthy["MetricStat"]["Metric"]["Dimensions"]
    values = {each["Name"]: each["Value"] for each in dimensions}
    assert values["LoadBalancer"] == "app/theirs/0123456789abcdef"


def test_the_existing_network_of_all_is_read_as_published(more: Synthesized) -> None:
    """Two subnets here, where the network stack has as many."""
    assert network_parts(more, "pr-14") == {}
    placed = more.properties("pr-14", SERVICE)["NetworkConfiguration"]["AwsvpcConfiguration"]
    assert [each["Fn::Select"][0] for each in placed["Subnets"]] == [0, 1]
    assert the_rule(more, "pr-14")["ListenerArn"] == {"Ref": "NetworkListenerArn"}


def the_rule(synthesized: Synthesized, stack: str) -> dict[str, Any]:
    return synthesized.properties(stack, "AWS::ElasticLoadBalancingV2::ListenerRule")


def test_two_dedicated_networks_have_no_name_in_common(more: Synthesized) -> None:
    names = [top_names(more, stack) for stack in ("pr-10", "pr-11")]
    assert "mockenv-payments-env-pr-10" in names[0]
    assert not names[0] & names[1]


def top_names(synthesized: Synthesized, stack: str) -> set[str]:
    """List what resources are called, as far as that is more than a name within another one."""
    return {
        own[key]
        for resource in synthesized.template(stack)["Resources"].values()
        for own in [resource.get("Properties", {})]
        for key in own.keys() & NAMES
        if isinstance(own[key], str) and resource["Type"] not in NAMED_WITHIN
    }


@pytest.mark.parametrize(
    ("stack", "words"),
    [
        ("pr-10", ", costs 0.0725 USD an hour, and an account has 5 VPCs"),
        ("pr-12", "takes minutes to create, and an account has 10 VPC links"),
        ("pr-13", None),
        ("pr-14", None),
    ],
)
def test_a_pull_request_with_slow_parts_of_its_own_is_told_what_they_take(
    more: Synthesized, stack: str, words: str | None
) -> None:
    told = more.metadata(stack)
    assert ("mockenv:slowNetwork" in told) is (words is not None)
    assert words is None or words in told


@pytest.mark.parametrize("stack", OWN)
def test_a_named_environment_may_have_them(synthesized: Synthesized, stack: str) -> None:
    assert "mockenv:slowNetwork" not in synthesized.metadata(stack)


def test_only_shared_load_balancers_are_counted(synthesized: Synthesized) -> None:
    stacks = ("pr-123", "dedicated", "existing")
    outputs = [synthesized.template(stack)["Outputs"]["LoadBalancer"]["Value"] for stack in stacks]
    assert outputs == ["1", "own", "own"]
