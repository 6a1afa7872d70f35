"""What people are told, with the command that helps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ttl_cleanup.reaper.owner import Owner
from ttl_cleanup.reaper.stack import Stack
from ttl_cleanup.reaper.steps import Warn
from ttl_cleanup.registry.record import Record

MOST_LISTED = 20
DEFAULT_EXTENSION_HOURS = 4


@dataclass(frozen=True)
class Message:
    """A notification: its subject is ASCII of at most 100 characters (SNS API, Publish)."""

    subject: str
    text: str


def ends_soon(step: Warn, owner: Owner, now: int) -> Message:
    """Tell when an environment ends, and how to keep it."""
    environment = step.record.environment
    when = _utc(step.end)
    if step.stack.is_failed_create:
        return Message(
            f"mockenv: {environment} was never created and is removed",
            f"The stack of {_named(environment, owner)} is {step.stack.status} and is removed "
            f"after {when}. Look at its events until then:\n\n"
            f"  aws cloudformation describe-stack-events --stack-name {step.stack.name} "
            f"--region {owner.region}\n",
        )
    minutes = max(0, step.end - now) // 60
    return Message(
        f"mockenv: {environment} ends {f'in {_span(minutes)}' if minutes else 'now'}",
        f"{_named(environment, owner)} ends at {when} and is deleted after that. To keep it, "
        "deploy it again, or:\n\n"
        f"  mockenv extend-ttl {environment} --hours {DEFAULT_EXTENSION_HOURS} "
        f"--region {owner.region}\n{_who(step.record)}",
    )


def is_gone(record: Record, owner: Owner) -> Message:
    """Tell that an environment is deleted, all of it."""
    return Message(
        f"mockenv: {record.environment} is gone",
        f"{_named(record.environment, owner)} is deleted. To have it again:\n\n"
        f"  cdk deploy -c env={record.environment}\n",
    )


def can_not_be_deleted(record: Record, stack: Stack, owner: Owner) -> Message:
    """Tell that a deletion failed for the last time that it is tried."""
    environment = record.environment
    return Message(
        f"mockenv: {environment} can't be deleted",
        f"Deleting {_named(environment, owner)} failed {record.deletion_failures} times; it is "
        "not tried again and goes on to cost. See what holds it, remove that, then delete it:\n\n"
        f"  aws cloudformation describe-stack-events --stack-name {stack.name} "
        f"--region {owner.region}\n"
        f"  mockenv destroy {environment} --region {owner.region}\n",
    )


def left_behind(record: Record, arns: Sequence[str], owner: Owner) -> Message:
    """List what still carries a deleted environment's tags."""
    listed = [f"  {arn}" for arn in arns[:MOST_LISTED]]
    further = len(arns) - len(listed)
    more = [f"  and {further} more"] if further else []
    return Message(
        f"mockenv: {record.environment} left {len(arns)} resources behind",
        f"The stack of {_named(record.environment, owner)} is deleted, but AWS still lists these "
        "with its tags. Delete what exists:\n\n" + "\n".join(listed + more) + "\n",
    )


def _named(environment: str, owner: Owner) -> str:
    return f"environment {environment} of {owner.project}, account {owner.account}, {owner.region}"


def _who(record: Record) -> str:
    return f"\nOwner: {record.owner}\n" if record.owner else ""


def _utc(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _span(minutes: int) -> str:
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" + (f" {minutes % 60} min" if minutes % 60 else "")
