"""When an environment ends, when people are warned, when it may go: pure functions of time."""

from dataclasses import dataclass

from ttl_cleanup.registry.record import Record

WARNED_AHEAD_SECONDS = (86_400, 3_600, 900)
SHORTEST_NOTICE_SECONDS = 900  # from a warning to the deletion
CLOCK_TOLERANCE_SECONDS = 300  # by which the clocks of those who write times may differ
FAILED_CREATE_KEPT_SECONDS = 3_600  # for people to look why


@dataclass(frozen=True)
class StackFacts:
    """What a stack itself says of its time: `ttl_seconds` is None for never, `changed_at` the time
    of its last update or creation.
    """

    ttl_seconds: int | None
    changed_at: int
    is_protected: bool
    is_failed_create: bool


def end(record: Record, stack: StackFacts) -> int | None:
    """Return when an environment's time is over; None if it has no end.

    The record and the stack each keep it alive: a lost or an old record can't shorten what the
    stack says, and a stack that was not updated can't shorten an extension.
    """
    if record.is_pinned or stack.is_protected:
        return None
    if record.expires_at is None or stack.ttl_seconds is None:
        return None
    over = max(record.expires_at, stack.changed_at + stack.ttl_seconds)
    if stack.is_failed_create:
        return min(over, stack.changed_at + FAILED_CREATE_KEPT_SECONDS)
    return over


def is_over(record: Record, stack: StackFacts, now: int) -> bool:
    """Tell whether an environment may go: its time is over and somebody was told early enough."""
    over = end(record, stack)
    if over is None or record.warned_at is None or record.warned_end != over:
        return False
    noticed = record.warned_at + SHORTEST_NOTICE_SECONDS
    return now >= max(over + CLOCK_TOLERANCE_SECONDS, noticed)


def warning_due(record: Record, stack: StackFacts, now: int) -> int | None:
    """Return how many seconds ahead the warning is that is due now; None if none is.

    Warnings that are longer ahead than the environment lives are left out, but for the shortest.
    Of several that are due, as the reaper did not run for a while, the most urgent is sent alone.
    """
    over = end(record, stack)
    if over is None:
        return None
    lives_seconds = over - max(record.deployed_at, stack.changed_at)
    fitting = [ahead for ahead in WARNED_AHEAD_SECONDS[:-1] if ahead < lives_seconds]
    reached = [ahead for ahead in (*fitting, WARNED_AHEAD_SECONDS[-1]) if now >= over - ahead]
    if not reached or _was_warned(record, over, min(reached)):
        return None
    return min(reached)


def _was_warned(record: Record, over: int, ahead_seconds: int) -> bool:
    if record.warned_end != over or record.warned_ahead_seconds is None:
        return False
    return record.warned_ahead_seconds <= ahead_seconds
