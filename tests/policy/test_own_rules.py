from typing import Any

import pytest

from policy.conftest import Write
from policy.own_rules import RULES, own_findings

GROUP = "AWS::EC2::SecurityGroup"
NOTHING_OUT = {"CidrIp": "255.255.255.255/32", "IpProtocol": "icmp"}
LINK = {
    "Type": "AWS::ApiGatewayV2::VpcLink",
    "Properties": {"SecurityGroupIds": [{"Fn::GetAtt": ["Group", "GroupId"]}]},
}
EGRESS = {
    "Type": "AWS::EC2::SecurityGroupEgress",
    "Properties": {"GroupId": {"Fn::GetAtt": ["Group", "GroupId"]}},
}
MAPPING = {"Type": "AWS::ApiGatewayV2::ApiMapping", "Properties": {}}


def typed(kind: str, **properties: Any) -> dict[str, Any]:
    return {"Type": kind, "Properties": properties}


def task(image: Any) -> dict[str, Any]:
    return typed("AWS::ECS::TaskDefinition", ContainerDefinitions=[{"Image": image}])


def api(**properties: Any) -> dict[str, Any]:
    return {"Api": typed("AWS::ApiGatewayV2::Api", **properties), "Mapping": MAPPING}


EMPTY_GROUP = typed(GROUP, SecurityGroupEgress=[NOTHING_OUT])
BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
INGRESS = "AWS::EC2::SecurityGroupIngress"
WRONG = [
    ("Mockenv-OpenIngress", {"A": typed(GROUP, SecurityGroupIngress=[{"CidrIp": "0.0.0.0/0"}])}),
    ("Mockenv-OpenIngress", {"A": typed(INGRESS, CidrIpv6="::/0")}),
    ("Mockenv-PublicLoadBalancer", {"A": typed(BALANCER)}),
    ("Mockenv-PublicLoadBalancer", {"A": typed(BALANCER, Scheme="internet-facing")}),
    ("Mockenv-LinkReachesNothing", {"A": typed("AWS::ApiGatewayV2::VpcLink")}),
    ("Mockenv-LinkReachesNothing", {"A": LINK, "Group": EMPTY_GROUP}),
    ("Mockenv-InexactImage", {"A": task("public.ecr.aws/docker/library/node")}),
    ("Mockenv-InexactImage", {"A": task("public.ecr.aws/docker/library/node:latest")}),
    ("Mockenv-EndlessLog", {"A": typed("AWS::Logs::LogGroup")}),
    ("Mockenv-UnownedLog", {"A": typed("AWS::Lambda::Function")}),
    ("Mockenv-SecondWayIn", api()),
]
RIGHT = [
    {"A": typed(GROUP, SecurityGroupIngress=[{"CidrIp": "10.0.0.0/16"}])},
    {"A": typed(INGRESS, SourceSecurityGroupId="sg-1")},
    {"A": typed(BALANCER, Scheme="internal")},
    {"A": LINK, "Group": EMPTY_GROUP, "Egress": EGRESS},
    {"A": typed("AWS::ApiGatewayV2::VpcLink", SecurityGroupIds=["sg-of-somebody-else"])},
    {"A": task("node:24.19.0-alpine")},
    {"A": task("registry.example.com:5000/node:24.19.0@sha256:" + "0" * 64)},
    {"A": task({"Ref": "Image"})},
    {"A": typed("AWS::Logs::LogGroup", RetentionInDays=7)},
    {"A": typed("AWS::Lambda::Function", LoggingConfig={"LogGroup": "log"})},
    api(DisableExecuteApiEndpoint=True),
    {"Api": typed("AWS::ApiGatewayV2::Api")},
]


@pytest.mark.parametrize(("rule", "resources"), WRONG)
def test_what_is_wrong_is_found(template: Write, rule: str, resources: dict[str, Any]) -> None:
    (finding,) = own_findings(template(resources))
    assert (finding.rule, finding.resource) == (rule, next(iter(resources)))


@pytest.mark.parametrize("resources", RIGHT)
def test_what_is_right_is_not(template: Write, resources: dict[str, Any]) -> None:
    assert list(own_findings(template(resources))) == []


def test_each_rule_has_found_something() -> None:
    assert {rule for rule, _ in WRONG} == set(RULES)
