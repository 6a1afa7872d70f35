"""What a stack holds, and what became of each part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ttl_cleanup.reaper.stack import Stack

GONE = "DELETE_COMPLETE"
SKIPPED = "DELETE_SKIPPED"
FAILED = "DELETE_FAILED"


@dataclass(frozen=True)
class Resource:
    """A part of a stack; `physical_id` is a name or an ARN, by its kind, empty if never made."""

    logical_id: str
    kind: str
    physical_id: str
    status: str
    reason: str

    @property
    def name(self) -> str:
        """How people are told of it."""
        return f"{self.kind} {self.physical_id or self.logical_id}"


def stack_resources(cloudformation: Any, stack_id: str) -> list[Resource]:
    """List a stack's resources, also those of a deleted one (CloudFormation keeps them 90 days).

    `cloudformation` is a boto3 client.
    """
    found: list[Resource] = []
    start: dict[str, str] = {}
    while True:
        page = cloudformation.list_stack_resources(StackName=stack_id, **start)
        found += [_resource(summary) for summary in page["StackResourceSummaries"]]
        if "NextToken" not in page:
            return found
        start = {"NextToken": page["NextToken"]}


def _resource(summary: dict[str, Any]) -> Resource:
    return Resource(
        logical_id=summary["LogicalResourceId"],
        kind=summary["ResourceType"],
        physical_id=summary.get("PhysicalResourceId", ""),
        status=summary["ResourceStatus"],
        reason=summary.get("ResourceStatusReason", ""),
    )


def left_over(arns: Sequence[str], stack: Stack, resources: Sequence[Resource]) -> list[str]:
    """Choose what really is left of a deleted stack: what CloudFormation skipped, and what still
    carries its tags without being known as deleted.

    The tags alone would name what is gone, for hours (boto3#3341): CloudFormation's own account of
    each resource is the better witness. Tasks go with their service; ECS lists them for an hour.
    """
    gone = [each.physical_id for each in resources if each.status == GONE and each.physical_id]
    skipped = [each for each in resources if each.status in {SKIPPED, FAILED}]
    known = [each.physical_id for each in skipped if each.physical_id] + gone + [stack.stack_id]
    tagged = [arn for arn in arns if ":task/" not in arn and not _is_any_of(arn, known)]
    return [each.name for each in skipped] + tagged


def _is_any_of(arn: str, physical_ids: Sequence[str]) -> bool:
    bare = arn.removesuffix(":*")
    return any(bare == each or bare.endswith((f":{each}", f"/{each}")) for each in physical_ids)
