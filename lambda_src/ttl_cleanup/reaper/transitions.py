"""How a run changes a record: pure functions, each on the record as it is at the last moment.

Each returns the record as it shall be, or None if the step is no longer right.
"""

from typing import TypeGuard

from ttl_cleanup.reaper.decision import facts, is_new_failure, is_retry_due
from ttl_cleanup.reaper.stack import Stack
from ttl_cleanup.reaper.steps import Warn
from ttl_cleanup.registry.lifetime import is_over
from ttl_cleanup.registry.record import ACTIVE, DELETING, Record, changed


def fenced(old: Record | None, stack: Stack, now: int) -> Record | None:
    """Close the record to extensions; one that is closed already stays as it is."""
    if not _is_of(old, stack) or not is_over(old, facts(stack), now):
        return None
    if old.state == DELETING:
        return old
    return changed(old, state=DELETING, deletion_began_at=now)


def taken_back(old: Record | None, stack: Stack) -> Record | None:
    """Open the record again."""
    if not _is_of(old, stack) or old.state != DELETING:
        return None
    return changed(old, state=ACTIVE, deletion_began_at=None)


def adopted(old: Record | None, stack: Stack, now: int) -> Record | None:
    """Make a record from what a stack's tags and times say; its own, if it has one, stays."""
    if _is_of(old, stack):
        return None
    ttl_seconds = stack.ttl_seconds
    return Record(
        environment=stack.environment,
        generation=1 if old is None else old.generation + 1,
        stack_id=stack.stack_id,
        state=ACTIVE,
        created_at=now,
        deployed_at=stack.changed_at,
        ttl_seconds=ttl_seconds,
        expires_at=None if ttl_seconds is None else stack.changed_at + ttl_seconds,
    )


def warned(old: Record | None, step: Warn, now: int) -> Record | None:
    """Write down which warning was sent."""
    if not _is_of(old, step.stack):
        return None
    ahead = step.ahead_seconds
    return changed(old, warned_end=step.end, warned_ahead_seconds=ahead, warned_at=now)


def failed(old: Record | None, stack: Stack, now: int) -> Record | None:
    """Count a deletion that failed, once."""
    if not _is_of(old, stack) or not is_new_failure(old, stack):
        return None
    return changed(
        old,
        state=DELETING,
        deletion_began_at=old.deletion_began_at or now,
        deletion_failures=old.deletion_failures + 1,
        failed_deletion_ms=stack.deletion_ms,
        failed_at=now,
    )


def retried(old: Record | None, stack: Stack, now: int) -> Record | None:
    """Write down that a deletion is tried again."""
    if not _is_of(old, stack) or is_new_failure(old, stack) or not is_retry_due(old, now):
        return None
    return changed(old, retried_at=now)


def _is_of(record: Record | None, stack: Stack) -> TypeGuard[Record]:
    return record is not None and record.stack_id == stack.stack_id
