"""What an environment's scaling consists of: bounds, alarms, and the policies that they invoke."""

from collections.abc import Mapping
from dataclasses import dataclass

from scaling_simulation.metric_math import Value, evaluate

PERIOD_SECONDS = 60


@dataclass(frozen=True)
class Step:
    """A change in percent for a breach between two distances from the alarm's threshold."""

    lower: float
    upper: float
    change_percent: float


@dataclass(frozen=True)
class Policy:
    """A step scaling policy that changes the number of tasks by percentages of it."""

    cooldown_seconds: int
    least_change: int
    steps: tuple[Step, ...]

    def change_percent(self, breach: float) -> float:
        """Return the change for a distance from the threshold, 0 where no step covers it."""
        fitting = (step for step in self.steps if step.lower <= breach < step.upper)
        return next((step.change_percent for step in fitting), 0)


@dataclass(frozen=True)
class Alarm:
    """An alarm on an expression over metrics; `expressions` are in the order of their needs."""

    expressions: tuple[tuple[str, str], ...]
    threshold: float
    is_breached_above: bool
    periods: int
    policy: Policy

    def value(self, metrics: Mapping[str, Value]) -> Value:
        """Return what the alarm looks at, from one period's metrics."""
        values = dict(metrics)
        result: Value = None
        for name, expression in self.expressions:
            values[name] = result = evaluate(expression, values)
        return result

    def is_breached_by(self, value: Value) -> bool:
        """Say whether a value breaches the threshold; a missing one does not."""
        if value is None:
            return False
        return value >= self.threshold if self.is_breached_above else value <= self.threshold


@dataclass(frozen=True)
class Rules:
    """All of an environment's scaling."""

    least_tasks: int
    most_tasks: int
    alarms: tuple[Alarm, ...]
