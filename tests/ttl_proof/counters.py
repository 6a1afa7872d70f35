"""What was tried, for the figures that are printed and kept."""

from collections import Counter
from dataclasses import dataclass, field

from aws_simulator.actor import Fate


@dataclass
class Counters:
    """Schedules, faults by kind, and what happened in them."""

    schedules: int = 0
    calls: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)

    def took(self, fate: Fate) -> None:
        """Count one call."""
        self.calls += 1
        if fate is not Fate.DONE:
            self.faults[fate.value] += 1

    def lines(self) -> list[str]:
        """Return a table in Markdown."""
        rows = {"schedules": self.schedules, "calls of clients": self.calls}
        rows["injected faults"] = sum(self.faults.values())
        rows |= {f"- {name}": count for name, count in sorted(self.faults.items())}
        rows |= dict(sorted(self.events.items()))
        return [f"| {name} | {count:,} |" for name, count in rows.items()]
