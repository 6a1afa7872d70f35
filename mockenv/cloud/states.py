"""The state of an environment in one word, from its stack and its record together."""

from enum import StrEnum

from mockenv.cloud.inventory import Listed
from ttl_cleanup.reaper.stack import Stack
from ttl_cleanup.registry.record import DELETING


class State(StrEnum):
    """What an environment is doing."""

    ACTIVE = "active"
    CREATING = "creating"
    UPDATING = "updating"
    EXPIRED = "expired"
    DELETING = "deleting"
    CREATE_FAILED = "create failed"
    DELETE_FAILED = "delete failed"
    NO_RECORD = "no record"
    NO_STACK = "no stack"
    UNREADABLE = "unreadable"


def state(listed: Listed, now: int) -> State:
    """Say what an environment is doing at `now`, in seconds since 1970."""
    if listed.problem:
        return State.UNREADABLE
    if listed.stack is None:
        return State.NO_STACK
    of_stack = _of_stack(listed.stack)
    if of_stack is not State.ACTIVE:
        return of_stack
    if listed.record is None:
        return State.NO_RECORD
    lifetime = listed.lifetime()
    is_over = lifetime is not None and lifetime.ends_at is not None and lifetime.ends_at <= now
    if listed.record.state == DELETING:
        return State.DELETING
    return State.EXPIRED if is_over else State.ACTIVE


def _of_stack(stack: Stack) -> State:
    if stack.has_failed_deletion:
        return State.DELETE_FAILED
    if stack.status == "DELETE_IN_PROGRESS":
        return State.DELETING
    if stack.is_failed_create or stack.status == "CREATE_FAILED":
        return State.CREATE_FAILED
    if stack.status in {"CREATE_IN_PROGRESS", "ROLLBACK_IN_PROGRESS"}:
        return State.CREATING
    return State.UPDATING if stack.is_in_progress else State.ACTIVE
