"""What the constructs said of findings, as the assembly keeps it."""

import json
from collections.abc import Iterator
from typing import Any

from policy.finding import Acknowledgement
from synthesized import Synthesized

LOGICAL_ID = "aws:cdk:logicalId"
ACKNOWLEDGED = "aws:cdk:acknowledged-rules"
OF_ANY_TOOL = "Annotation::"  # CDK puts it before rules that name no plugin
NAMESPACE = "::"


def acknowledgements(synthesized: Synthesized, stack: str) -> list[Acknowledgement]:
    """List what is acknowledged in a stack; what is said to CDK's own validation is left out."""
    return [
        Acknowledgement(stack, path, rule.removeprefix(OF_ANY_TOOL), reason)
        for path, entry in _entries(synthesized, stack)
        if entry["type"] == ACKNOWLEDGED
        for rule, reason in entry["data"].items()
        if rule.startswith(OF_ANY_TOOL)
    ]


def paths_of_resources(synthesized: Synthesized, stack: str) -> dict[str, str]:
    """Return each resource's construct path below its stack, by logical id."""
    entries = _entries(synthesized, stack)
    return {entry["data"]: path for path, entry in entries if entry["type"] == LOGICAL_ID}


def _entries(synthesized: Synthesized, stack: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, entries in json.loads(synthesized.metadata(stack)).items():
        for entry in entries:
            yield path.removeprefix(f"/{stack}").removeprefix("/"), entry
