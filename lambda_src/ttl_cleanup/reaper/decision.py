"""What is to be done for one environment: a pure function of its record, its stack and time."""

from ttl_cleanup.reaper.stack import Stack
from ttl_cleanup.reaper.steps import (
    Adopt,
    Confirm,
    Delete,
    NoteFailure,
    Retry,
    Step,
    TakeBack,
    Warn,
)
from ttl_cleanup.registry.lifetime import StackFacts, end, is_over, warning_due
from ttl_cleanup.registry.record import DELETING, Record

# Waited after the first, the second failed deletion; after the third it is left to people.
RETRIED_AFTER_SECONDS = (300, 1_800)


def decide(record: Record | None, stack: Stack | None, now: int) -> Step | None:
    """Return the next step, or None if there is nothing to do but wait.

    `stack` is None if no stack of that environment was listed.
    """
    if stack is None:
        return Confirm(record) if record else None
    if stack.is_in_progress:
        return None
    if record is None or record.stack_id != stack.stack_id:
        return Adopt(stack)
    if stack.has_failed_deletion:
        return None if stack.is_protected else _after_failure(record, stack, now)
    return _at_rest(record, stack, now)


def facts(stack: Stack) -> StackFacts:
    """Return what of a stack decides when its environment ends."""
    return StackFacts(
        ttl_seconds=stack.ttl_seconds,
        changed_at=stack.changed_at,
        is_protected=stack.is_protected,
        is_failed_create=stack.is_failed_create,
    )


def is_given_up(record: Record) -> bool:
    """Tell whether its deletion failed so often that it is left to people."""
    return record.deletion_failures > len(RETRIED_AFTER_SECONDS)


def is_retry_due(record: Record, now: int) -> bool:
    """Tell whether a failed deletion is to be tried again."""
    if record.failed_at is None or is_given_up(record):
        return False
    return now - record.failed_at >= RETRIED_AFTER_SECONDS[record.deletion_failures - 1]


def is_new_failure(record: Record, stack: Stack) -> bool:
    """Tell whether a failed deletion is a later one than was counted last.

    A request to delete may be lost, so requests are no measure; each deletion has a time. Lists
    may be old and show a deletion that was counted before: only a later one is new.
    """
    if record.failed_at is None:
        return True
    if stack.deletion_ms is not None:
        return stack.deletion_ms > (record.failed_deletion_ms or 0)
    return record.retried_at is not None and record.retried_at > record.failed_at


def _at_rest(record: Record, stack: Stack, now: int) -> Step | None:
    if is_over(record, facts(stack), now):
        return Delete(record, stack)
    over = end(record, facts(stack))
    if record.state == DELETING and not stack.is_failed_create:
        # Not by the time: another reaper's clock may be ahead, and its deletion on the way.
        return TakeBack(record, stack) if record.warned_end != over else None
    ahead_seconds = warning_due(record, facts(stack), now)
    if over is None or ahead_seconds is None:
        return None
    return Warn(record, stack, over, ahead_seconds)


def _after_failure(record: Record, stack: Stack, now: int) -> Step | None:
    """Go on, whoever began: from this state a stack can only be deleted."""
    if is_new_failure(record, stack):
        return NoteFailure(record, stack)
    return Retry(record, stack) if is_retry_due(record, now) else None
