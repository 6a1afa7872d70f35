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
    return _others(synthesized, stack, target, direction="Ingress", other="Source")


def reached(synthesized: Synthesized, stack: str, source: Any) -> list[Any]:
    """List whom rules of their own let a group reach, with the port."""
    return _others(synthesized, stack, source, direction="Egress", other="Destination")


def _others(
    synthesized: Synthesized, stack: str, own: Any, *, direction: str, other: str
) -> list[Any]:
    rules = synthesized.all_of(stack, f"AWS::EC2::SecurityGroup{direction}")
    stated = [rule["Properties"] for rule in rules]
    return [
        (each.get(f"{other}SecurityGroupId"), each["FromPort"])
        for each in stated
        if each["GroupId"] == own
    ]
