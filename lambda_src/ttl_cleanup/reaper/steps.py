"""What a run may do to one environment: data, so that showing them is another executor."""

from dataclasses import dataclass

from ttl_cleanup.reaper.stack import Stack
from ttl_cleanup.registry.record import Record


@dataclass(frozen=True)
class Adopt:
    """Give a stack a record: it has none, or one of a stack that is gone."""

    stack: Stack


@dataclass(frozen=True)
class Warn:
    """Tell people that an environment ends at `end`, `ahead_seconds` or less from now."""

    record: Record
    stack: Stack
    end: int
    ahead_seconds: int


@dataclass(frozen=True)
class Delete:
    """Fence, look again, delete."""

    record: Record
    stack: Stack


@dataclass(frozen=True)
class TakeBack:
    """Lift the fence of an environment that lives on: it was renewed before its deletion began."""

    record: Record
    stack: Stack


@dataclass(frozen=True)
class NoteFailure:
    """Write down that a deletion failed; tell people if it was the last that is tried."""

    record: Record
    stack: Stack


@dataclass(frozen=True)
class Retry:
    """Remove what commonly keeps a stack from being deleted, and delete it again."""

    record: Record
    stack: Stack


@dataclass(frozen=True)
class Confirm:
    """Look whether a stack is gone and what it left behind; tell; drop its record."""

    record: Record


Step = Adopt | Warn | Delete | TakeBack | NoteFailure | Retry | Confirm


def environment_of(step: Step) -> str:
    """Return the environment that a step is for."""
    return step.stack.environment if isinstance(step, Adopt) else step.record.environment
