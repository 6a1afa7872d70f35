"""What a run saw, check by check."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Check:
    """One thing that must be so; `shows` are the resource types that it saw at work."""

    phase: str
    what: str
    passed: bool
    seen: str
    shows: tuple[str, ...]


@dataclass
class Findings:
    """All checks of a run, told as they come."""

    checks: list[Check] = field(default_factory=list)
    phase: str = ""

    def expect(self, what: str, passed: object, seen: object, *shows: str) -> None:
        """Note a check and what was seen."""
        check = Check(self.phase, what, bool(passed), _short(seen), shows)
        self.checks.append(check)
        print(f"  {'ok ' if check.passed else 'NOT'} {what}: {check.seen}", file=sys.stderr)

    @contextmanager
    def phase_of(self, name: str) -> Iterator[None]:
        """Name a phase; an error in it is a failed check, and the run goes on."""
        self.phase = name
        print(f"\n{name}", file=sys.stderr)
        try:
            yield
        except Exception as error:
            self.expect("ends without an error", False, f"{type(error).__name__}: {error}")

    @property
    def failed(self) -> list[Check]:
        """Those that were not as they must be."""
        return [check for check in self.checks if not check.passed]


def _short(seen: Any) -> str:
    text = " ".join(str(seen).split())
    return text if len(text) <= 400 else f"{text[:200]} … {text[-190:]}"
