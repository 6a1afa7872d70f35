"""What was tried, for the figures that are printed and kept."""

from collections import Counter
from dataclasses import dataclass, field

from aws_simulator.actor import Fate


@dataclass
class Counters:
    """Schedules, faults by kind, and what happened in them.

    Hypothesis makes some schedules several times; `different` counts them once.
    """

    schedules: int = 0
    different: set[int] = field(default_factory=set)
    calls: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    _moves: list[tuple[object, ...]] = field(default_factory=list)

    def moved(self, *move: object) -> None:
        """Take down a move of the schedule that runs."""
        self._moves.append(move)

    def ended(self) -> None:
        """Count a schedule that came to its end."""
        self.schedules += 1
        self.different.add(hash(tuple(self._moves)))
        self._moves.clear()

    def took(self, fate: Fate) -> None:
        """Count one call."""
        self.calls += 1
        self.moved(fate)
        if fate is not Fate.DONE:
            self.faults[fate.value] += 1

    def lines(self) -> list[str]:
        """Return a table in Markdown."""
        rows = {"schedules": self.schedules, "different schedules": len(self.different)}
        rows["calls of clients"] = self.calls
        rows["injected faults"] = sum(self.faults.values())
        rows |= {f"- {name}": count for name, count in sorted(self.faults.items())}
        rows |= dict(sorted(self.events.items()))
        return [f"| {name} | {count:,} |" for name, count in rows.items()]
