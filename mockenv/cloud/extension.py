"""Gives a deployed environment more time, in its record: nothing is deployed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mockenv.cloud.extension_limits import (
    changeable,
    end_of,
    not_registered,
    require_below_maximum,
    require_extendable,
)
from mockenv.cloud.lifetimes import Lifetime, lifetime
from mockenv.errors import ExitCode, MockenvError
from ttl_cleanup.reaper.stack import Stack
from ttl_cleanup.registry.changes import extended, pinned, unpinned
from ttl_cleanup.registry.record import Record
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
    require_extendable(stack)
    attempts = _Attempts(stack, wish, now)
    after = registry.change(stack.environment, attempts)
    if after is None or attempts.first is None:
        raise not_registered(stack)
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
        record = changeable(old, self._stack)
        self.first = self.first or record
        if self._wish.pin:
            return record if record.is_pinned else pinned(record)
        if self._wish.unpin:
            return unpinned(record, self._now()) if record.is_pinned else record
        return self._extended(record)

    def _extended(self, record: Record) -> Record:
        over = end_of(record, self._stack)
        if self._until is None:
            more_seconds = int((self._wish.hours or 0) * SECONDS_PER_HOUR)
            self._until = max(over, self._now()) + more_seconds
        if self._until <= over:
            return record
        if not self._wish.beyond_max:
            require_below_maximum(record, self._until)
        return extended(record, self._until, beyond_max=self._wish.beyond_max)
