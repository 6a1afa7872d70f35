"""What the reaper's next run would do with each environment, and why: its own decision, shown."""

from dataclasses import asdict, dataclass
from typing import Any

from mockenv.cloud.inventory import Listed
from mockenv.cloud.times import countdown, span, utc
from ttl_cleanup.reaper.decision import RETRIED_AFTER_SECONDS, decide, facts, is_given_up
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
from ttl_cleanup.registry.lifetime import end
from ttl_cleanup.registry.record import Record

WAIT = "wait"
LEAVE = "leave"
WORDS: dict[type[Step], str] = {
    Adopt: "adopt",
    Warn: "warn",
    Delete: "delete",
    TakeBack: "take back",
    NoteFailure: "note failure",
    Retry: "retry",
    Confirm: "confirm",
}
REASONS: dict[type[Step], str] = {
    Adopt: "its stack has no record: it gets one, by its tags and times",
    TakeBack: "it was renewed after its record was closed: it lives on",
    NoteFailure: "its deletion failed: that is counted",
    Confirm: "it has no stack any more: if all of it is gone, its record goes too",
}


@dataclass(frozen=True)
class Planned:
    """The next step for an environment in a word, and the reason."""

    environment: str
    step: str
    why: str

    def as_data(self) -> dict[str, Any]:
        """Return it for programs."""
        return asdict(self)


def planned(listed: Listed, now: int) -> Planned:
    """Decide as the reaper does at `now`, in seconds since 1970."""
    if listed.problem:
        return Planned(listed.environment, LEAVE, f"it can't be read: {listed.problem}")
    step = decide(listed.record, listed.stack, now)
    if step is None:
        return Planned(listed.environment, WAIT, _why_wait(listed.record, listed.stack, now))
    return Planned(listed.environment, WORDS[type(step)], _why(step, now))


def _why(step: Step, now: int) -> str:
    match step:
        case Warn():
            return f"it ends {countdown(step.end, now)}, and nobody was told yet"
        case Delete():
            return f"its end was at {utc(_end(step.record, step.stack) or now)}; people were told"
        case Retry():
            return f"its deletion failed {_times(step.record)}, and it is time to try again"
    return REASONS[type(step)]


def _why_wait(record: Record | None, stack: Stack | None, now: int) -> str:
    if record is None or stack is None or stack.is_in_progress:
        return f"its stack is {stack.status}" if stack else "there is nothing of it"
    if stack.has_failed_deletion:
        return _why_no_retry(record, stack, now)
    over = _end(record, stack)
    if over is None:
        return "it is pinned" if record.is_pinned else "it has no end"
    if over > now:
        return f"it ends {countdown(over, now)}"
    return "its time is over; it is deleted 5 min after its end, 15 after the last warning"


def _why_no_retry(record: Record, stack: Stack, now: int) -> str:
    if stack.is_protected:
        return "its deletion failed, and it is protected"
    if is_given_up(record) or record.failed_at is None:
        return f"its deletion failed {_times(record)}: that is left to people"
    due = record.failed_at + RETRIED_AFTER_SECONDS[record.deletion_failures - 1]
    return f"its deletion failed {_times(record)}; the next try is due in {span(due - now)}"


def _end(record: Record, stack: Stack) -> int | None:
    return end(record, facts(stack))


def _times(record: Record) -> str:
    return "once" if record.deletion_failures == 1 else f"{record.deletion_failures} times"
