"""An environment's record, and its form in the table."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, get_type_hints

from ttl_cleanup.failure import RefusedError

ACTIVE = "active"
DELETING = "deleting"


@dataclass(frozen=True)
class Record:
    """One environment; times are in seconds since 1970, None where there is none.

    `generation` counts every change. `expires_at` is None for an environment without end;
    `is_pinned` keeps one that has an end until it is unpinned. `warned_end` is the end that the
    last warning spoke of, `warned_ahead_seconds` how far ahead it was due, `warned_at` when it was
    sent. `failed_deletion_ms` is when the deletion began that failed last (in milliseconds),
    `failed_at` when the reaper saw that, `retried_at` when it last tried again, `gone_at` when it
    saw that the stack is no more.
    """

    environment: str
    generation: int
    stack_id: str
    state: str
    created_at: int
    deployed_at: int
    ttl_seconds: int | None = None
    max_ttl_seconds: int | None = None
    expires_at: int | None = None
    is_pinned: bool = False
    url: str | None = None
    version: str | None = None
    owner: str | None = None
    warned_end: int | None = None
    warned_ahead_seconds: int | None = None
    warned_at: int | None = None
    deletion_began_at: int | None = None
    deletion_failures: int = 0
    failed_deletion_ms: int | None = None
    failed_at: int | None = None
    retried_at: int | None = None
    gone_at: int | None = None
    leftovers_told: bool = False

    @property
    def latest_expiry(self) -> int | None:
        """How far an extension may go; None without limit."""
        if self.max_ttl_seconds is None:
            return None
        return self.deployed_at + self.max_ttl_seconds


class UnreadableRecordError(RefusedError):
    """A record that another version, or a person, wrote; it is kept as it is."""


def changed(record: Record, **changes: Any) -> Record:
    """Return a record with other values, one generation later."""
    return replace(record, generation=record.generation + 1, **changes)


def to_item(record: Record) -> dict[str, Any]:
    """Return the attributes to store: those that differ from having nothing."""
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    return {name: value for name, value in values.items() if value is not None}


def from_item(item: Mapping[str, Any]) -> Record:
    """Read stored attributes; those that are unknown are left out.

    Raises UnreadableRecordError for what is missing, or of another type than it has to be.
    """
    for field in fields(Record):
        if field.name in item and type(item[field.name]) not in _ADMITTED[field.name]:
            raise UnreadableRecordError(f"{field.name} is {item[field.name]!r}")
    known = {name: value for name, value in item.items() if name in _ADMITTED}
    try:
        record = Record(**known)
    except TypeError as error:
        raise UnreadableRecordError(str(error).removeprefix("Record.__init__() ")) from error
    if record.state not in {ACTIVE, DELETING}:
        raise UnreadableRecordError(f"state is {record.state!r}")
    return record


_ADMITTED = {
    name: getattr(hint, "__args__", (hint,)) for name, hint in get_type_hints(Record).items()
}
