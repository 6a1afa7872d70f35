"""Gives a deployed environment more time, in its record: nothing is deployed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mockenv.cloud.lifetimes import Lifetime, lifetime
from mockenv.cloud.times import span, utc
from mockenv.errors import ExitCode, MockenvError
from ttl_cleanup.reaper.stack import Stack
from ttl_cleanup.registry.changes import extended, pinned, unpinned
from ttl_cleanup.registry.record import DELETING, Record
from ttl_cleanup.registry.table import RegistryTable

SECONDS_PER_HOUR = 3_600


@dataclass(frozen=True)
class Wish:
    """What shall become of an environment's time: one of the first four, of which each has a
    default that says no. `until` is in seconds since 1970.
    """

    hours: float | None = None
    until: int | None = None
    pin: bool = False
    unpin: bool = False
    beyond_max: bool = False

    def require_one(self) -> None:
        """Raise MockenvError, exit code 2, unless exactly one thing is wished."""
        given = (self.hours is not None, self.until is not None, self.pin, self.unpin)
        if sum(given) != 1:
            raise MockenvError(
                "say how long: exactly one of --hours, --until, --pin, --unpin",
                next_step="for four hours more: --hours 4",
                exit_code=ExitCode.BAD_INPUT,
            )


@dataclass(frozen=True)
class Extension:
    """What a wish came to."""

    environment: str
    before: Lifetime
    after: Lifetime

    def as_data(self) -> dict[str, Any]:
        """Return it for programs; times in UTC."""
        return {
            "environment": self.environment,
            "changed": self.before != self.after,
            "before": self.before.as_data(),
            "after": self.after.as_data(),
        }


def extend(
    registry: RegistryTable, stack: Stack, wish: Wish, *, now: Callable[[], int]
) -> Extension:
    """Write the new end, unless the record changed since it was read: then read it again.

    Raises MockenvError, and changes nothing, for an environment that has no end, is being deleted
    or was never created, and for an end past the maximum unless that is meant.
    """
    _require_whole(stack)
    attempts = _Attempts(stack, wish, now)
    after = registry.change(stack.environment, attempts)
    if after is None or attempts.first is None:
        raise _not_registered(stack)
    return Extension(stack.environment, lifetime(attempts.first, stack), lifetime(after, stack))


class _Attempts:
    """Aims at the same time whenever it has to try again.

    An answer that is lost after the write makes boto3 repeat it, which fails its condition: hours
    that were added then once more would count double.
    """

    def __init__(self, stack: Stack, wish: Wish, now: Callable[[], int]) -> None:
        self.first: Record | None = None
        self._stack = stack
        self._wish = wish
        self._now = now
        self._until = wish.until

    def __call__(self, old: Record | None) -> Record:
        record = _changeable(old, self._stack)
        if self._wish.pin:
            self._remember(record)
            return record if record.is_pinned else pinned(record)
        if self._wish.unpin:
            self._remember(record)
            return unpinned(record, self._now()) if record.is_pinned else record
        return self._extended(record)

    def _remember(self, record: Record) -> None:
        self.first = self.first or record

    def _extended(self, record: Record) -> Record:
        over = _end(record, self._stack)
        self._remember(record)
        if self._until is None:
            more_seconds = int((self._wish.hours or 0) * SECONDS_PER_HOUR)
            self._until = max(over, self._now()) + more_seconds
        if self._until <= over:
            return record
        _require_below_maximum(record, self._until, self._wish)
        return extended(record, self._until, beyond_max=self._wish.beyond_max)


def _require_whole(stack: Stack) -> None:
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


def _changeable(record: Record | None, stack: Stack) -> Record:
    if record is None or record.stack_id != stack.stack_id:
        raise _not_registered(stack)
    if record.state == DELETING:
        raise _being_deleted(stack.environment, "its time was over")
    return record


def _end(record: Record, stack: Stack) -> int:
    over = lifetime(record, stack).ends_at
    if over is not None:
        return over
    raise MockenvError(
        f"{record.environment} is kept without end, so there is nothing to extend",
        next_step=f"if it is pinned: mockenv extend-ttl {record.environment} --unpin",
        exit_code=ExitCode.BAD_INPUT,
    )


def _require_below_maximum(record: Record, until: int, wish: Wish) -> None:
    latest = record.latest_expiry
    if latest is None or until <= latest or wish.beyond_max:
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


def _not_registered(stack: Stack) -> MockenvError:
    return MockenvError(
        f"{stack.environment} is not registered (yet): its stack is {stack.status} and the "
        "registry has no record of it",
        next_step="wait until its deployment is done; for what has lost its record, the reaper "
        "writes one within five minutes, at once with: mockenv reap",
    )
