"""What can't be extended, and how far the rest can: each refusal with its next step."""

from mockenv.cloud.lifetimes import lifetime
from mockenv.cloud.times import span, utc
from mockenv.errors import ExitCode, MockenvError
from ttl_cleanup.reaper.stack import Stack
from ttl_cleanup.registry.record import DELETING, Record


def require_extendable(stack: Stack) -> None:
    """Raise MockenvError for a stack that is being deleted, failed, or has no end."""
    if stack.status.startswith("DELETE_"):
        raise _being_deleted(stack.environment, f"its stack is {stack.status}")
    if stack.is_failed_create:
        raise MockenvError(
            f"{stack.environment} was never created: its stack is {stack.status}, and is kept for "
            "an hour only, for people to look why",
            next_step=f"delete it, then deploy it again: mockenv destroy {stack.environment}",
        )
    if stack.ttl_seconds is None:
        raise MockenvError(
            f"{stack.environment} has no end (ttl: never), so there is nothing to extend",
            next_step="give it a ttl in mockenv.yaml and deploy it, if it shall have an end",
            exit_code=ExitCode.BAD_INPUT,
        )


def changeable(record: Record | None, stack: Stack) -> Record:
    """Return a record that is this very stack's and not fenced; raises MockenvError."""
    if record is None or record.stack_id != stack.stack_id:
        raise not_registered(stack)
    if record.state == DELETING:
        raise _being_deleted(stack.environment, "its time was over")
    return record


def end_of(record: Record, stack: Stack) -> int:
    """Return when an environment ends, in seconds since 1970; raises MockenvError if never."""
    over = lifetime(record, stack).ends_at
    if over is not None:
        return over
    raise MockenvError(
        f"{record.environment} is kept without end, so there is nothing to extend",
        next_step=f"if it is pinned: mockenv extend-ttl {record.environment} --unpin",
        exit_code=ExitCode.BAD_INPUT,
    )


def require_below_maximum(record: Record, until: int) -> None:
    """Raise MockenvError for an end past what mockenv.yaml allows."""
    latest = record.latest_expiry
    if latest is None or until <= latest:
        return
    raise MockenvError(
        f"{record.environment} would live until {utc(until)}, {span(until - latest)} past its "
        f"max_ttl, which ends at {utc(latest)}",
        next_step="deploy it again, which counts anew; or add --beyond-max if you mean it",
        exit_code=ExitCode.BAD_INPUT,
    )


def _being_deleted(environment: str, why: str) -> MockenvError:
    return MockenvError(
        f"{environment} is being deleted ({why}) and can't be kept; nothing was changed",
        next_step=f"when it is gone, deploy it again: cdk deploy -c env={environment}",
    )


def not_registered(stack: Stack) -> MockenvError:
    """Say that a stack has no record."""
    return MockenvError(
        f"{stack.environment} is not registered (yet): its stack is {stack.status} and the "
        "registry has no record of it",
        next_step="wait until its deployment is done; for what has lost its record, the reaper "
        "writes one within five minutes, at once with: mockenv reap",
    )
