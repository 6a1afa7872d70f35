"""An environment's record in the registry: what it becomes, as pure functions of time."""

from collections.abc import Mapping
from typing import Any

from ttl_cleanup.registration.environment_stack import EnvironmentStack
from ttl_cleanup.registration.failure import RegistrationError
from ttl_cleanup.registration.request import Registration

ACTIVE = "active"
DELETING = "deleting"

# environment, generation, stack_id, stack_name, state, url, version, created_at, updated_at;
# expires_at, ttl_seconds, max_ttl_seconds, owner where the environment has them. Times are seconds
# since 1970. What other programs add to a record is kept as long as its stack lives.
Record = Mapping[str, Any]


def registered(old: Record | None, wanted: Registration, now: int) -> Record:
    """Return the record after a deploy; each change counts the generation up.

    A record of another stack is taken over: two stacks can't bear one name at a time, so that
    one is gone. Raises RegistrationError if this very stack is being deleted.
    """
    generation = 1 if old is None else old["generation"] + 1
    current = _described(wanted, now) | {"generation": generation}
    if old is None or old["stack_id"] != wanted.stack.stack_id:
        return _without_nothing(current | {"created_at": now, "expires_at": _due(wanted, now)})
    if old["state"] == DELETING:
        raise RegistrationError(
            f"environment {wanted.stack.environment} is being deleted: wait until its stack is "
            "gone, then deploy again"
        )
    return _without_nothing(dict(old) | current | {"expires_at": _renewed(old, wanted, now)})


def deleting(old: Record | None, stack: EnvironmentStack, now: int) -> Record | None:
    """Return the record once its stack's deletion has begun; None if nothing is to change."""
    if old is None or old["stack_id"] != stack.stack_id or old["state"] == DELETING:
        return None
    changes = {"state": DELETING, "generation": old["generation"] + 1, "updated_at": now}
    return dict(old) | changes


def _described(wanted: Registration, now: int) -> dict[str, Any]:
    return {
        "environment": wanted.stack.environment,
        "stack_id": wanted.stack.stack_id,
        "stack_name": wanted.stack.stack_name,
        "state": ACTIVE,
        "url": wanted.url,
        "version": wanted.version,
        "ttl_seconds": wanted.ttl_seconds,
        "max_ttl_seconds": wanted.max_ttl_seconds,
        "owner": wanted.owner,
        "updated_at": now,
    }


def _due(wanted: Registration, now: int) -> int | None:
    return None if wanted.ttl_seconds is None else now + wanted.ttl_seconds


def _renewed(old: Record, wanted: Registration, now: int) -> int | None:
    """Return the new end, never earlier than one that somebody extended the environment to."""
    due = _due(wanted, now)
    if due is None:
        return None
    if "expires_at" in old:
        return int(max(old["expires_at"], due))
    was_pinned = "ttl_seconds" in old
    return None if was_pinned else due


def _without_nothing(record: dict[str, Any]) -> Record:
    return {name: value for name, value in record.items() if value is not None}
