"""Decides as CloudWatch does when an alarm of ours is on.

Source: CloudWatch user guide, "Alarm evaluation" and "Configuring how CloudWatch alarms treat
missing data": an alarm looks at a few periods more than it needs; if enough of them have values,
the newest of those decide; else missing ones count as the alarm says. Metric math is that of the
scaling simulation.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from scaling_simulation.metric_math import Value, evaluate

MORE_PERIODS = 2  # of the guide's tables: 5 looked at for an alarm of 3
MINUTE_SECONDS = 60
# By minute: nothing was measured, one value, or one for each request.
Series = Sequence[float | Sequence[float] | None]
STATISTICS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "Sum": sum,
    "Average": fmean,
    "Maximum": max,
    "Minimum": min,
    "p99": lambda values: sorted(values)[int(0.99 * (len(values) - 1) + 0.5)],
}


@dataclass(frozen=True)
class WatchedAlarm:
    """An alarm of a template, by its properties."""

    properties: Mapping[str, Any]

    def is_on(self, series: Mapping[str, Series], late: Mapping[str, int] | None = None) -> bool:
        """Tell whether it is on at the end of the series, which are by the ids of its metrics.

        `late` says of how many of the last minutes CloudWatch has not got a metric yet.
        """
        seen = {
            name: _without_last(each, (late or {}).get(name, 0)) for name, each in series.items()
        }
        minutes = len(next(iter(series.values())))
        needed = self.properties["EvaluationPeriods"]
        ends = [minutes - self._period_minutes * n for n in range(needed + MORE_PERIODS)]
        return self.decides([self._value(seen, end) for end in reversed(ends) if end > 0])

    def minutes_on(
        self, series: Mapping[str, Series], late: Mapping[str, int] | None = None
    ) -> list[int]:
        """List the minutes at whose end it is on."""
        minutes = len(next(iter(series.values())))
        return [
            minute
            for minute in range(1, minutes + 1)
            if self.is_on({name: each[:minute] for name, each in series.items()}, late)
        ]

    def decides(self, values: Sequence[Value]) -> bool:
        """Tell whether it is on by the values of its last periods, the newest last."""
        needed = self.properties["EvaluationPeriods"]
        present = [value for value in values if value is not None][-needed:]
        breaching = sum(map(self._breaches, present))
        if self.properties["TreatMissingData"] == "breaching":
            breaching += needed - len(present)
        return breaching >= int(self.properties["DatapointsToAlarm"])

    def _breaches(self, value: float) -> bool:
        assert self.properties["ComparisonOperator"] == "GreaterThanThreshold"
        return value > float(self.properties["Threshold"])

    @property
    def _period_minutes(self) -> int:
        (seconds,) = {query["MetricStat"]["Period"] for query in self._metrics.values()}
        return int(seconds) // MINUTE_SECONDS

    @property
    def _metrics(self) -> Mapping[str, Any]:
        queries = self.properties["Metrics"]
        return {query["Id"]: query for query in queries if "MetricStat" in query}

    def _value(self, series: Mapping[str, Series], end: int) -> Value:
        assert set(series) == set(self._metrics)
        start = max(0, end - self._period_minutes)
        values = {
            name: _statistic(query["MetricStat"]["Stat"], series[name][start:end])
            for name, query in self._metrics.items()
        }
        (result,) = (query for query in self.properties["Metrics"] if query["ReturnData"])
        return evaluate(result.get("Expression", result["Id"]), values)


def _without_last(series: Series, minutes: int) -> Series:
    kept = list(series)[: len(series) - minutes]
    return [*kept, *[None] * min(minutes, len(series))]


def _statistic(name: str, minutes: Series) -> Value:
    values = [value for minute in minutes for value in _listed(minute)]
    return STATISTICS[name](values) if values else None


def _listed(minute: float | Sequence[float] | None) -> Sequence[float]:
    if minute is None:
        return []
    return [minute] if isinstance(minute, int | float) else minute
