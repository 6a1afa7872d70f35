"""Decides as IAM does, for the part of its language that our policies use.

Source: IAM user guide, "Policy evaluation logic" (an explicit deny wins, what is not allowed is
denied), "Action", "Resource" and "Condition operators".
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from synthesized import Synthesized

ACCOUNT = "123456789012"
REGION = "eu-central-1"
PSEUDO_PARAMETERS = {
    "AWS::Partition": "aws",
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": REGION,
    "AWS::StackId": f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/own/466df9e0-0dff-08e3",
}


@dataclass(frozen=True)
class Call:
    """What somebody tries: an action on a resource, with the keys that conditions may look at."""

    action: str
    resource: str
    keys: Mapping[str, str] = field(default_factory=dict)


def is_allowed(statements: list[dict[str, Any]], call: Call) -> bool:
    """Tell whether a role's statements, as CloudFormation makes them, allow a call."""
    effects = {s["Effect"] for s in statements if _applies(s, call)}
    return "Allow" in effects and "Deny" not in effects


def statements_of(synthesized: Synthesized, stack: str, handler: str) -> list[dict[str, Any]]:
    """Return the statements of the role of the function with a handler."""
    functions = synthesized.all_of(stack, "AWS::Lambda::Function")
    (function,) = (f["Properties"] for f in functions if f["Properties"]["Handler"] == handler)
    return statements_of_role(synthesized, stack, function["Role"])


def statements_of_task(
    synthesized: Synthesized, stack: str, role: str = "TaskRoleArn"
) -> list[dict[str, Any]]:
    """Return the statements of a task's role, or with `ExecutionRoleArn` those of its agent's."""
    task = synthesized.properties(stack, "AWS::ECS::TaskDefinition")
    return statements_of_role(synthesized, stack, task[role])


def statements_of_role(
    synthesized: Synthesized, stack: str, arn: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return the statements of a role, given as a template refers to its ARN."""
    role = arn["Fn::GetAtt"][0]
    properties = synthesized.template(stack)["Resources"][role]["Properties"]
    assert "ManagedPolicyArns" not in properties
    policies = [
        policy["Properties"]
        for policy in synthesized.all_of(stack, "AWS::IAM::Policy")
        if {"Ref": role} in policy["Properties"]["Roles"]
    ]
    return [
        resolved(statement)
        for policy in [*properties.get("Policies", []), *policies]
        for statement in policy["PolicyDocument"]["Statement"]
    ]


def resolved(node: Any) -> Any:
    """Put values in for what CloudFormation resolves; resources become their logical ids."""
    if isinstance(node, list):
        return [resolved(each) for each in node]
    if not isinstance(node, dict):
        return node
    if len(node) == 1 and (function := next(iter(node))) in INTRINSIC:
        return INTRINSIC[function](node[function])
    return {key: resolved(value) for key, value in node.items()}


INTRINSIC: dict[str, Callable[[Any], Any]] = {
    "Ref": lambda name: PSEUDO_PARAMETERS.get(name, name),
    "Fn::GetAtt": ".".join,
    "Fn::Select": lambda given: resolved(given[1])[int(given[0])],
    "Fn::Split": lambda given: resolved(given[1]).split(given[0]),
    "Fn::Join": lambda given: str(given[0]).join(resolved(given[1])),
    "Fn::Sub": lambda text: re.sub(r"\$\{([^}]+)\}", lambda m: PSEUDO_PARAMETERS[m[1]], text),
}


def _applies(statement: dict[str, Any], call: Call) -> bool:
    assert not {"NotAction", "NotResource"} & set(statement), "not part of this evaluator"
    is_meant = _any_like(statement["Action"], call.action, ignoring_case=True)
    if not (is_meant and _any_like(statement["Resource"], call.resource)):
        return False
    conditions = statement.get("Condition", {})
    return all(_is_met(operator, tests, call) for operator, tests in conditions.items())


def _is_met(operator: str, tests: dict[str, Any], call: Call) -> bool:
    """Judge one operator; a key that the call does not have fails it, unless it speaks of all."""
    bare = operator.removeprefix("ForAllValues:")
    return all(
        _compares(bare, wanted, call.keys[key]) if key in call.keys else bare != operator
        for key, wanted in tests.items()
    )


def _compares(operator: str, wanted: str | list[str], given: str) -> bool:
    values = [wanted] if isinstance(wanted, str) else wanted
    if operator == "StringEquals":
        return given in values
    if operator in {"StringLike", "ArnLike"}:
        return _any_like(values, given)
    raise NotImplementedError(operator)


def _any_like(patterns: str | list[str], text: str, *, ignoring_case: bool = False) -> bool:
    each = [patterns] if isinstance(patterns, str) else patterns
    if ignoring_case:
        each, text = [pattern.lower() for pattern in each], text.lower()
    # IAM has * and ? alone: to it a bracket is one.
    return any(fnmatchcase(text, pattern.replace("[", "[[]")) for pattern in each)
