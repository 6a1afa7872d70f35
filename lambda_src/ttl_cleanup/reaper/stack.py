"""A stack as the reaper sees it: what CloudFormation says, checked and frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ttl_cleanup.environment_stack import name_prefix
from ttl_cleanup.reaper.owner import (
    TAG_ENVIRONMENT,
    TAG_TTL,
    Description,
    IdentityCheck,
    Owner,
    is_claimed,
    tags,
)
from ttl_cleanup.ttl_tag import ttl_seconds

GONE = "DELETE_COMPLETE"
DELETE_FAILED = "DELETE_FAILED"
# From these a stack can only be deleted (CloudFormation user guide, "Stack status codes").
FAILED_CREATES = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}


class UnreadableStackError(Exception):
    """A stack that claims to be an environment of the project and is not as one has to be."""


@dataclass(frozen=True)
class Stack:
    """An environment's stack; times are in seconds since 1970.

    `ttl_seconds` is None for never. `changed_at` is when it was last updated, or else created.
    `deletion_ms` is when it was last deleted, in milliseconds since 1970; None if never.
    """

    stack_id: str
    name: str
    environment: str
    status: str
    ttl_seconds: int | None
    changed_at: int
    is_protected: bool
    deletion_ms: int | None

    @property
    def is_in_progress(self) -> bool:
        """Whether something is under way."""
        return self.status.endswith("_IN_PROGRESS")

    @property
    def is_failed_create(self) -> bool:
        """Whether nothing of it ever served."""
        return self.status in FAILED_CREATES

    @property
    def has_failed_deletion(self) -> bool:
        """Whether somebody tried to delete it and something of it remained."""
        return self.status == DELETE_FAILED


def read_stack(
    description: Description, owner: Owner, checks: Sequence[IdentityCheck]
) -> Stack | None:
    """Read what DescribeStacks says of a stack; None for one that is not an environment's.

    Raises UnreadableStackError for one that claims to be and fails a check.
    """
    if not is_claimed(description, owner):
        return None
    problems = [problem for check in checks if (problem := check(description, owner))]
    if problems:
        raise UnreadableStackError(f"stack {description['StackName']}: {'; '.join(problems)}")
    name = str(description["StackName"])
    fallback = name.removeprefix(name_prefix(owner.project))
    return Stack(
        stack_id=str(description["StackId"]),
        name=name,
        environment=tags(description).get(TAG_ENVIRONMENT, fallback),
        status=str(description["StackStatus"]),
        ttl_seconds=_ttl(description),
        changed_at=_seconds(description.get("LastUpdatedTime") or description["CreationTime"]),
        is_protected=bool(description.get("EnableTerminationProtection")),
        deletion_ms=_milliseconds(description.get("DeletionTime")),
    )


def _ttl(description: Description) -> int | None:
    try:
        return ttl_seconds(tags(description)[TAG_TTL])
    except (KeyError, ValueError) as error:
        name = description["StackName"]
        raise UnreadableStackError(f"stack {name}: its tag {TAG_TTL} is no TTL") from error


def _seconds(time: Any) -> int:
    return (_milliseconds(time) or 0) // 1_000


def _milliseconds(time: Any) -> int | None:
    if time is None:
        return None
    if not isinstance(time, datetime):
        raise UnreadableStackError(f"{time!r} is no time")
    return int(time.timestamp() * 1_000)
