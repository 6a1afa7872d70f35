"""What becomes of a record when somebody deploys, extends, pins or deletes: pure functions.

Each takes the record as it is and returns it as it shall be, or None if nothing is to change.
"""

from ttl_cleanup.environment_stack import EnvironmentStack
from ttl_cleanup.failure import RefusedError
from ttl_cleanup.registration.request import Registration
from ttl_cleanup.registry.record import ACTIVE, DELETING, Record, changed


def registered(old: Record | None, wanted: Registration, now: int) -> Record:
    """Return the record after a deploy, which renews it and takes back a deletion not yet begun.

    A record of another stack is taken over: two stacks can't bear one name at a time, so that
    one is gone.
    """
    generation = 1 if old is None else old.generation + 1
    own = old if old and old.stack_id == wanted.stack.stack_id else None
    return Record(
        environment=wanted.stack.environment,
        generation=generation,
        stack_id=wanted.stack.stack_id,
        state=ACTIVE,
        created_at=own.created_at if own else now,
        deployed_at=now,
        ttl_seconds=wanted.ttl_seconds,
        max_ttl_seconds=wanted.max_ttl_seconds,
        expires_at=_renewed(own, wanted, now),
        is_pinned=bool(own and own.is_pinned),
        url=wanted.url,
        version=wanted.version,
        owner=wanted.owner,
        warned_end=own.warned_end if own else None,
        warned_ahead_seconds=own.warned_ahead_seconds if own else None,
        warned_at=own.warned_at if own else None,
    )


def _renewed(own: Record | None, wanted: Registration, now: int) -> int | None:
    """Return the new end, never earlier than one that somebody extended the environment to."""
    if wanted.ttl_seconds is None:
        return None
    due = now + wanted.ttl_seconds
    return due if own is None or own.expires_at is None else max(own.expires_at, due)


def deleting(old: Record | None, stack: EnvironmentStack, now: int) -> Record | None:
    """Return the record once CloudFormation deletes its stack."""
    if old is None or old.stack_id != stack.stack_id or old.state == DELETING:
        return None
    return changed(old, state=DELETING, deletion_began_at=now)


def extended(old: Record | None, until: int, *, beyond_max: bool = False) -> Record:
    """Return the record with a later end; one that is later already stays.

    Raises RefusedError for an environment that is unknown, has no end or is being deleted, and
    for an end past the maximum unless that is meant.
    """
    record = _changeable(old)
    if record.expires_at is None:
        raise RefusedError(f"environment {record.environment} has no end that could be extended")
    latest = record.latest_expiry
    if latest is not None and until > latest and not beyond_max:
        raise RefusedError(
            f"environment {record.environment} can't be extended past its maximum: deploy it "
            "again, or say that you mean it"
        )
    return changed(record, expires_at=max(record.expires_at, until))


def pinned(old: Record | None) -> Record:
    """Return the record of an environment that stays until it is unpinned; raises RefusedError."""
    return changed(_changeable(old), is_pinned=True)


def unpinned(old: Record | None, now: int) -> Record:
    """Return the record with an end again, a whole TTL from now at the earliest.

    Raises RefusedError.
    """
    record = _changeable(old)
    if record.expires_at is None or record.ttl_seconds is None:
        return changed(record, is_pinned=False)
    due = max(record.expires_at, now + record.ttl_seconds)
    return changed(record, is_pinned=False, expires_at=due)


def _changeable(record: Record | None) -> Record:
    if record is None:
        raise RefusedError("the environment is not registered: deploy it first")
    if record.state == DELETING:
        raise RefusedError(
            f"environment {record.environment} is being deleted: wait until its stack is gone, "
            "then deploy it again"
        )
    return record
