"""The chain of security groups in a template, by the descriptions of its groups."""

from typing import Any

from synthesized import Synthesized

LINK = "Link of API Gateway to the load balancer"
BALANCER = "The internal load balancer"


def group(synthesized: Synthesized, stack: str, description: str) -> dict[str, Any]:
    """Refer to the group whose description starts so."""
    for name, resource in synthesized.template(stack)["Resources"].items():
        properties = resource.get("Properties", {})
        if properties.get("GroupDescription", "").startswith(description):
            return {"Fn::GetAtt": [name, "GroupId"]}
    raise AssertionError(description)


def admitted(synthesized: Synthesized, stack: str, target: Any) -> list[Any]:
    """List whom a group admits, with the port."""
    rules = synthesized.all_of(stack, "AWS::EC2::SecurityGroupIngress")
    return [
        (rule["Properties"].get("SourceSecurityGroupId"), rule["Properties"]["FromPort"])
        for rule in rules
        if rule["Properties"]["GroupId"] == target
    ]


def reached(synthesized: Synthesized, stack: str, source: Any) -> list[Any]:
    """List whom rules of their own let a group reach, with the port."""
    rules = synthesized.all_of(stack, "AWS::EC2::SecurityGroupEgress")
    return [
        (rule["Properties"].get("DestinationSecurityGroupId"), rule["Properties"]["FromPort"])
        for rule in rules
        if rule["Properties"]["GroupId"] == source
    ]
