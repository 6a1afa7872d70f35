"""A template's size beside what CloudFormation admits."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# CloudFormation user guide, "Understand CloudFormation quotas"; of a template that lies in S3,
# where CDK puts it.
MOST_RESOURCES = 500
MOST_PARAMETERS = 200
MOST_OUTPUTS = 200
MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Count:
    """How many of something a template has, and how many it may have."""

    of: str
    found: int
    limit: int


def counts(template: Mapping[str, Any]) -> tuple[Count, ...]:
    """Count what CloudFormation limits; bytes as CDK writes them."""
    return (
        Count("resources", len(template["Resources"]), MOST_RESOURCES),
        Count("parameters", len(template.get("Parameters", {})), MOST_PARAMETERS),
        Count("outputs", len(template.get("Outputs", {})), MOST_OUTPUTS),
        Count("bytes", len(json.dumps(template, indent=1).encode()), MOST_BYTES),
    )
