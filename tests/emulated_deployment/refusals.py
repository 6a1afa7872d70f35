"""Templates without what the emulator refuses: its CloudFormation knows only some types.

A type that it does not know it names before it begins. What it takes and then fails at is typed
here, with its reason: anything else that fails to deploy is a mistake, and fails the run.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

# What takes the place of a reference to a resource that was left out.
STAND_IN = "left-out-for-the-emulator"
# A property, by type, that makes a resource fail: "Properties.Metrics (metric math) is not
# supported; use MetricName and Namespace."
REFUSED_PROPERTIES = {"AWS::CloudWatch::Alarm": "Metrics"}
UNRECOGNIZED = re.compile(r"Unrecognized resource types: \[([^\]]*)\]")


def refused_types(message: str) -> set[str]:
    """Read the types from CloudFormation's refusal; none, if it says something else."""
    found = UNRECOGNIZED.search(message)
    return {each.strip() for each in found[1].split(",")} if found else set()


def without(template: Mapping[str, Any], types: Collection[str]) -> dict[str, Any]:
    """Leave out the resources of some types or properties; what refers to them gets STAND_IN."""
    resources = template["Resources"]
    gone = {name for name, each in resources.items() if each["Type"] in types or _fails(each)}
    kept = {name: _independent(each, gone) for name, each in resources.items() if name not in gone}
    fitted: dict[str, Any] = _replaced({**template, "Resources": kept}, gone)
    return fitted


def _fails(resource: Mapping[str, Any]) -> bool:
    return REFUSED_PROPERTIES.get(resource["Type"]) in resource.get("Properties", {})


def _independent(resource: Mapping[str, Any], gone: Collection[str]) -> dict[str, Any]:
    named = resource.get("DependsOn", [])
    wanted = [each for each in ([named] if isinstance(named, str) else named) if each not in gone]
    rest = {key: value for key, value in resource.items() if key != "DependsOn"}
    return {**rest, "DependsOn": wanted} if wanted else rest


def _replaced(node: Any, gone: Collection[str]) -> Any:
    if isinstance(node, Mapping):
        if _refers_to(node) in gone:
            return STAND_IN
        return {key: _replaced(value, gone) for key, value in node.items()}
    if isinstance(node, list):
        return [_replaced(each, gone) for each in node]
    return node


def _refers_to(node: Mapping[str, Any]) -> str | None:
    """Name the resource that an intrinsic function refers to, if the node is one."""
    if len(node) != 1:
        return None
    if "Ref" in node:
        return str(node["Ref"])
    attribute = node.get("Fn::GetAtt")
    name = attribute.split(".")[0] if isinstance(attribute, str) else (attribute or [None])[0]
    return None if name is None else str(name)
