from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

import pytest

from mockenv.settings.network import Nat, Network
from security_groups import BALANCER, LINK, admitted, group, reached
from synthesized import Synthesized, synthesize_network

NETWORKS = ["network-none", "network-instance", "network-gateway"]
KEPT_BY_AWS = 5  # of each subnet (VPC user guide, "Subnet CIDR blocks")
CHANGES = {"Tags", "Value"}
ALL_NETWORKS = [*NETWORKS, "network-two", "network-existing", "dedicated", "existing"]


@pytest.mark.parametrize("stack", ALL_NETWORKS)
def test_each_group_admits_only_the_one_before_it(synthesized: Synthesized, stack: str) -> None:
    link = group(synthesized, stack, LINK)
    balancer = group(synthesized, stack, BALANCER)
    tasks = group(synthesized, stack, "The tasks of")
    assert admitted(synthesized, stack, link) == []
    assert admitted(synthesized, stack, balancer) == [(link, 80)]
    assert admitted(synthesized, stack, tasks) == [(balancer, 8080)]
    assert reached(synthesized, stack, link) == [(balancer, 80)]
    assert reached(synthesized, stack, balancer) == [(tasks, 8080)]


@pytest.mark.parametrize("stack", ALL_NETWORKS)
def test_no_group_admits_an_address_range(synthesized: Synthesized, stack: str) -> None:
    for resource in synthesized.all_of(stack, "AWS::EC2::SecurityGroup"):
        assert "SecurityGroupIngress" not in resource["Properties"]
    for rule in synthesized.all_of(stack, "AWS::EC2::SecurityGroupIngress"):
        assert not {"CidrIp", "CidrIpv6"} & set(rule["Properties"])


@pytest.mark.parametrize("stack", ALL_NETWORKS)
def test_the_link_has_its_group(synthesized: Synthesized, stack: str) -> None:
    link = synthesized.properties(stack, "AWS::ApiGatewayV2::VpcLink")
    expected = group(synthesized, stack, LINK)
    assert link["SecurityGroupIds"] == [expected]


def test_link_and_balancer_stay_in_the_same_subnets_whatever_the_nat(
    synthesized: Synthesized,
) -> None:
    """A link can't be changed: other subnets or groups would replace it under live environments."""
    links = [synthesized.properties(stack, "AWS::ApiGatewayV2::VpcLink") for stack in NETWORKS]
    assert links[0] == links[1] == links[2]
    assert all("Private" in subnet["Ref"] for subnet in links[0]["SubnetIds"])


@pytest.mark.parametrize("nat", ["instance", "gateway"])
def test_nat_is_added_without_a_replacement(
    synthesized: Synthesized,  # noqa: ARG001 (loads CDK)
    tmp_path: Path,
    nat: str,
) -> None:
    """But for values of parameters, tags and the order of route tables, all is what it was."""
    before = synthesize_network(tmp_path / "before", Network()).template("network")["Resources"]
    after = synthesize_network(tmp_path / "after", Network(nat=Nat(nat))).template("network")
    kept = {name: after["Resources"][name] for name in before}
    assert {name: lasting(each) for name, each in kept.items()} == {
        name: lasting(each) for name, each in before.items()
    }


def lasting(resource: dict[str, Any]) -> dict[str, Any]:
    properties = {k: v for k, v in resource.get("Properties", {}).items() if k not in CHANGES}
    if "RouteTableIds" in properties:
        properties["RouteTableIds"] = sorted(properties["RouteTableIds"], key=str)
    return resource | {"Properties": properties}


@pytest.mark.parametrize(
    ("stack", "public_address", "kind"),
    [
        ("network-none", "ENABLED", "Public"),
        ("network-instance", "DISABLED", "Private"),
        ("network-gateway", "DISABLED", "Private"),
    ],
)
def test_tasks_run_where_they_reach_the_internet(
    synthesized: Synthesized, stack: str, public_address: str, kind: str
) -> None:
    published = parameters(synthesized, stack)
    assert published["/mockenv/payments/network/task-public-address"] == public_address
    subnets = published["/mockenv/payments/network/task-subnet-ids"]["Fn::Join"][1]
    assert [kind in subnet["Ref"] for subnet in subnets if subnet != ","] == [True, True]


def test_nat_costs_only_where_it_is_asked_for(synthesized: Synthesized) -> None:
    counts = [len(synthesized.all_of(stack, "AWS::EC2::NatGateway")) for stack in NETWORKS]
    instances = [len(synthesized.all_of(stack, "AWS::EC2::Instance")) for stack in NETWORKS]
    assert (counts, instances) == ([0, 0, 1], [0, 1, 0])


def test_zones_can_be_named_where_the_first_two_take_no_link(
    synthesized: Synthesized,  # noqa: ARG001 (loads CDK)
    tmp_path: Path,
) -> None:
    """Some regions have zones where API Gateway refuses links (aws-cdk#13569: one in Paris)."""
    zones = ("eu-west-3a", "eu-west-3c")
    found = synthesize_network(tmp_path, Network(zones=zones))
    subnets = found.all_of("network", "AWS::EC2::Subnet")
    named = sorted(subnet["Properties"]["AvailabilityZone"] for subnet in subnets)
    assert named == ["eu-west-3a", "eu-west-3a", "eu-west-3c", "eu-west-3c"]


@pytest.mark.parametrize("prefix_length", [16, 24])
def test_the_docs_say_how_many_tasks_have_an_address(
    synthesized: Synthesized,  # noqa: ARG001 (loads CDK)
    tmp_path: Path,
    root: Path,
    prefix_length: int,
) -> None:
    network = Network(cidr=f"10.0.0.0/{prefix_length}")
    found = synthesize_network(tmp_path, network)
    task_subnets = parameters(found, "network")["/mockenv/payments/network/task-subnet-ids"]
    resources = found.template("network")["Resources"]
    names = [each["Ref"] for each in task_subnets["Fn::Join"][1] if each != ","]
    sizes = [
        IPv4Network(resources[name]["Properties"]["CidrBlock"]).num_addresses for name in names
    ]
    addresses = sum(sizes) - KEPT_BY_AWS * len(sizes)
    assert f"a `/{prefix_length}` " in (text := (root / "docs" / "networks.md").read_text("utf-8"))
    assert f"{addresses:,}" in text


def test_nobody_logs_in_to_the_nat_instance(synthesized: Synthesized) -> None:
    stack = "network-instance"
    instance = synthesized.properties(stack, "AWS::EC2::Instance")
    assert "KeyName" not in instance
    assert instance["MetadataOptions"] == {"HttpTokens": "required", "HttpPutResponseHopLimit": 1}
    (role,) = synthesized.properties(stack, "AWS::IAM::InstanceProfile")["Roles"]
    properties = synthesized.template(stack)["Resources"][role["Ref"]]["Properties"]
    assert set(properties) <= {"AssumeRolePolicyDocument", "Tags"}
    policies = synthesized.all_of(stack, "AWS::IAM::Policy")
    assert not [policy for policy in policies if role in policy["Properties"]["Roles"]]
    nat = group(synthesized, stack, "Security Group for NAT instances")
    tasks = group(synthesized, stack, "The tasks of all environments")
    assert admitted(synthesized, stack, nat) == [(tasks, 443)]


def test_the_nat_instance_is_patched_by_a_deployment(synthesized: Synthesized) -> None:
    """Its image is a parameter that CloudFormation reads anew each time."""
    image = synthesized.properties("network-instance", "AWS::EC2::Instance")["ImageId"]["Ref"]
    parameter = synthesized.template("network-instance")["Parameters"][image]
    assert parameter["Type"] == "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>"
    assert "al2023" in parameter["Default"]


def test_the_balancer_is_internal_and_answers_404_by_itself(synthesized: Synthesized) -> None:
    balancer = synthesized.properties("network-none", "AWS::ElasticLoadBalancingV2::LoadBalancer")
    listener = synthesized.properties("network-none", "AWS::ElasticLoadBalancingV2::Listener")
    assert balancer["Scheme"] == "internal"
    answer = listener["DefaultActions"][0]["FixedResponseConfig"]
    assert (answer["StatusCode"], answer["ContentType"]) == ("404", "application/json")


def test_the_insights_group_exists_before_the_cluster_that_would_make_it(
    synthesized: Synthesized,
) -> None:
    cluster = synthesized.only("network-none", "AWS::ECS::Cluster")
    name = cluster["Properties"]["ClusterName"]
    log_groups = {
        resource["Properties"]["LogGroupName"]: logical_id
        for logical_id, resource in synthesized.template("network-none")["Resources"].items()
        if resource["Type"] == "AWS::Logs::LogGroup"
    }
    group_id = log_groups[f"/aws/ecs/containerinsights/{name}/performance"]
    assert group_id in cluster["DependsOn"]


def test_s3_is_reached_without_nat(synthesized: Synthesized) -> None:
    endpoint = synthesized.properties("network-none", "AWS::EC2::VPCEndpoint")
    assert endpoint["VpcEndpointType"] == "Gateway"
    assert len(endpoint["RouteTableIds"]) == 4


def test_in_a_vpc_that_is_there_nothing_of_a_vpc_is_made(synthesized: Synthesized) -> None:
    resources = synthesized.template("network-existing")["Resources"].values()
    of_ec2 = {r["Type"] for r in resources if r["Type"].startswith("AWS::EC2::")}
    assert of_ec2 == {
        "AWS::EC2::SecurityGroup",
        "AWS::EC2::SecurityGroupIngress",
        "AWS::EC2::SecurityGroupEgress",
    }


def test_in_a_vpc_that_is_there_its_ids_are_published(synthesized: Synthesized) -> None:
    published = parameters(synthesized, "network-existing")
    subnets = ["subnet-0a1b2c3d", "subnet-1a1b2c3d", "subnet-2a1b2c3d"]
    assert published["/mockenv/payments/network/vpc-id"] == "vpc-0a1b2c3d"
    assert published["/mockenv/payments/network/task-subnet-ids"] == ",".join(subnets)
    assert published["/mockenv/payments/network/task-public-address"] == "ENABLED"
    link = synthesized.properties("network-existing", "AWS::ApiGatewayV2::VpcLink")
    balancer = synthesized.properties(
        "network-existing", "AWS::ElasticLoadBalancingV2::LoadBalancer"
    )
    assert link["SubnetIds"] == balancer["Subnets"] == subnets
    assert balancer["Scheme"] == "internal"


def parameters(synthesized: Synthesized, stack: str) -> dict[str, Any]:
    found = synthesized.all_of(stack, "AWS::SSM::Parameter")
    return {each["Properties"]["Name"]: each["Properties"]["Value"] for each in found}


@pytest.mark.parametrize("stack", NETWORKS)
def test_what_is_turned_away_is_logged_and_what_is_let_through_is_not(
    synthesized: Synthesized, stack: str
) -> None:
    flow_log = synthesized.properties(stack, "AWS::EC2::FlowLog")
    assert flow_log["TrafficType"] == "REJECT"
    assert flow_log["ResourceId"] == {"Ref": synthesized.logical_id(stack, "AWS::EC2::VPC")}
    group = synthesized.template(stack)["Resources"][flow_log["LogGroupName"]["Ref"]]
    assert group["Properties"]["LogGroupName"] == "/mockenv/payments/rejected-traffic"


def test_the_disk_of_the_nat_instance_is_encrypted(synthesized: Synthesized) -> None:
    instance = synthesized.properties("network-instance", "AWS::EC2::Instance")
    assert instance["BlockDeviceMappings"] == [
        {"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": True}}
    ]
