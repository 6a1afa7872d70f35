"""Statements of roles whose resources are not named one by one, with the reason of each."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from mock_constructs.acknowledged import as_cdk_nag_writes, wildcard_rule
from policy.finding import Acknowledgement
from policy.said import acknowledgements, paths_of_resources
from synthesized import Synthesized

IDENTITY_POLICIES = ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::Role")
NO_REASON = ""


class Wildcard(NamedTuple):
    """A resource with a * in a statement of a role; `reason` is empty if nobody gave one."""

    stack: str
    role: str
    statement: str
    resource: str
    reason: str


def wildcards(synthesized: Synthesized, stack: str) -> Iterator[Wildcard]:
    """Yield every resource with a wildcard that a role of a stack may use."""
    said = acknowledgements(synthesized, stack)
    paths = paths_of_resources(synthesized, stack)
    for logical_id, resource in synthesized.template(stack)["Resources"].items():
        if resource["Type"] in IDENTITY_POLICIES:
            path = paths[logical_id]
            for statement in _statements(resource["Properties"]):
                name = statement.get("Sid") or ", ".join(_listed(statement["Action"]))
                for node in _listed(statement["Resource"]):
                    if "*" in (written := as_cdk_nag_writes(node)):
                        yield Wildcard(stack, path, name, written, _reason(said, path, node))


def _statements(properties: dict[str, Any]) -> Iterator[dict[str, Any]]:
    inline = [policy["PolicyDocument"] for policy in properties.get("Policies", [])]
    own = [properties["PolicyDocument"]] if "PolicyDocument" in properties else []
    for document in (*own, *inline):
        yield from document["Statement"]


def _reason(said: list[Acknowledgement], path: str, resource: Any) -> str:
    rule = wildcard_rule(resource)
    fitting = (s for s in said if s.rule == rule and f"{path}/".startswith(f"{s.path}/"))
    return next((each.reason for each in fitting), NO_REASON)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
