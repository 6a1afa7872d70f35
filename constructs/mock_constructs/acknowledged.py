"""Why what a policy pack or linter finds at a construct is right there, written where it is.

It is CDK's own metadata: it stays in the assembly, and no template grows by it. tests/policy holds
what cdk-nag, checkov and cfn-lint find against it, and it against what they find.
"""

import json
from collections.abc import Mapping
from typing import Any

from aws_cdk import Acknowledgment, Stack, Validations
from constructs import IConstruct


def acknowledge(construct: IConstruct, reasons: Mapping[str, str]) -> None:
    """Acknowledge findings at a construct and all below it: the reason of each, by its rule."""
    rules = [Acknowledgment(id=rule, reason=reason) for rule, reason in reasons.items()]
    Validations.of(construct).acknowledge(*rules)


def acknowledge_wildcards(construct: IConstruct, reasons: Mapping[str, str]) -> None:
    """Acknowledge resources with a wildcard in policies of a role, if any: the reason of each."""
    if not reasons:
        return
    resources = Stack.of(construct).resolve([*reasons])
    rules = map(wildcard_rule, resources)
    acknowledge(construct, dict(zip(rules, reasons.values(), strict=True)))


def wildcard_rule(resource: Any) -> str:
    """Name cdk-nag's finding of a resource with a wildcard, as the template has it."""
    return f"AwsSolutions-IAM5[Resource::{as_cdk_nag_writes(resource)}]"


def as_cdk_nag_writes(node: Any) -> str:
    """Write a value of a template with its references in <>, and other functions as they are."""
    if isinstance(node, str):
        return node
    ((function, argument),) = node.items()
    if function == "Fn::Join":
        return str(argument[0]).join(map(as_cdk_nag_writes, argument[1]))
    if function == "Fn::GetAtt":
        return f"<{'.'.join(argument)}>"
    if function == "Ref":
        return f"<{argument}>"
    return json.dumps(node, separators=(",", ":"))
