"""Follows the mock host's log and shows its lines to a person, without drowning them."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

MOST_LINES_PER_LOOK = 20
LARGEST_LOG_BYTES = 50_000_000


class LogFollower:
    """Reads what was added to a growing log, whole lines only, and keeps the log from overflowing.

    The writer appends (O_APPEND), so that emptying the file in place loses only old lines.
    """

    def __init__(self, log: Path, largest_bytes: int = LARGEST_LOG_BYTES) -> None:
        self._log = log
        self._largest_bytes = largest_bytes
        self._offset = log.stat().st_size

    def new_lines(self) -> list[str]:
        """Return the lines that were completed since the last call."""
        with self._log.open("r+b") as log:
            log.seek(self._offset)
            added, newline, _ = log.read().rpartition(b"\n")
            self._offset += len(added) + len(newline)
            if self._offset > self._largest_bytes:
                log.truncate(0)
                self._offset = 0
        return added.decode(errors="replace").splitlines()


def summarize(lines: list[str]) -> Iterator[str]:
    """Put log lines into a person's words; past 20 at once only how many more there were."""
    shown = [described for line in lines if (described := describe(line))]
    yield from shown[:MOST_LINES_PER_LOOK]
    more = len(shown) - MOST_LINES_PER_LOOK
    if more > 0:
        yield f"… and {more:,} more"


def describe(line: str) -> str | None:
    """Put one JSON log line into words: `GET /auth/tokens 200 3 ms auth`; others stay as they are.

    Health checks and lines that tell nothing new are left out.
    """
    try:
        entry = json.loads(line)
    except ValueError:
        return line or None
    if not isinstance(entry, dict):
        return None
    describe_event = EVENTS.get(str(entry.get("event")))
    return describe_event(entry) if describe_event else line


def _request(entry: Mapping[str, Any]) -> str | None:
    if str(entry.get("path", "")).startswith("/_mockenv/"):
        return None
    return (
        f"{entry.get('method', '?')} {entry.get('path', '?')} {entry.get('status', '?')} "
        f"{entry.get('duration_ms', 0):.0f} ms {entry.get('mock') or '-'}"
    )


def _reloaded(entry: Mapping[str, Any]) -> str:
    changes = {"changed": entry.get("changed"), "removed": entry.get("removed")}
    told = [f"{what} {', '.join(names)}" for what, names in changes.items() if names]
    return f"reloaded: {'; '.join(told) or 'nothing new'}"


def _not_reloaded(entry: Mapping[str, Any]) -> str:
    place = ":".join(str(entry[key]) for key in ("file", "line") if key in entry)
    kept = "; the last good one goes on" if entry.get("serves_last_good") else ""
    return f"{entry.get('mock', '-')} is not reloaded: {place}: {entry.get('reason')}{kept}"


def _in_force(entry: Mapping[str, Any]) -> str:
    return f"{entry.get('mock')}: its MockServer has its expectations ({entry.get('expectations')})"


def _lost(entry: Mapping[str, Any]) -> str:
    return f"{entry.get('mock')}: its MockServer is in trouble: {entry.get('reason')}"


def _silent(_: Mapping[str, Any]) -> None:
    return None


EVENTS: Mapping[str, Callable[[Mapping[str, Any]], str | None]] = {
    "request": _request,
    "config_reloaded": _reloaded,
    "mock_reload_failed": _not_reloaded,
    "config_reload_failed": _silent,  # mock_reload_failed has told of each mock
    "expectations_refused": _silent,  # so it has of these
    "expectations_in_force": _in_force,
    "mockserver_lost": _lost,
    "mock_loaded": _silent,
    "ready": _silent,
    "draining": _silent,
}
