"""CloudWatch: one value per metric and minute, seen late, and alarms that look at the last ones.

An alarm of several periods is on if all of them breach. While it is on it invokes its scaling
policy every minute, not only when it changes (CloudWatch user guide, "Alarm actions").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scaling_simulation.metric_math import Value
from scaling_simulation.rules import PERIOD_SECONDS, Alarm, Policy, Rules


@dataclass
class Minute:
    """What adds up to the metrics of one minute, in seconds of it."""

    cpu_percent: float = 0
    memory_percent: float = 0
    requests: float = 0
    targets: float = 0

    def metrics(self) -> Mapping[str, Value]:
        """Return the metrics of the whole minute.

        Without a request there is no RequestCountPerTarget (Elastic Load Balancing, "CloudWatch
        metrics for your Application Load Balancer": reported only when requests are flowing).
        """
        targets = self.targets / PERIOD_SECONDS
        return {
            "cpu": self.cpu_percent / PERIOD_SECONDS,
            "memory": self.memory_percent / PERIOD_SECONDS,
            "requests": self.requests / targets if self.requests and targets else None,
            "requests2": None,  # of the target group that waits for the next deployment
        }


@dataclass
class CloudWatch:
    """Collects metrics; tells once a minute which policies are invoked, and by what breach."""

    rules: Rules
    delay_seconds: int
    _minute: Minute = field(default_factory=Minute)
    _seen: list[Mapping[str, Value]] = field(default_factory=list)
    _hidden: list[tuple[int, Mapping[str, Value]]] = field(default_factory=list)

    def add_second(
        self, now: int, *, cpu_percent: float, memory_percent: float, requests: float, targets: int
    ) -> None:
        """Add what happened in a second; `requests` counts all that reached the balancer."""
        self._minute.cpu_percent += cpu_percent
        self._minute.memory_percent += memory_percent
        self._minute.requests += requests
        self._minute.targets += targets
        if (now + 1) % PERIOD_SECONDS == 0:
            self._hidden.append((now + 1 + self.delay_seconds, self._minute.metrics()))
            self._minute = Minute()

    def invoked(self, now: int) -> list[tuple[Policy, float]]:
        """Evaluate all alarms, once a minute; return policies and distances from thresholds."""
        if now % PERIOD_SECONDS:
            return []
        while self._hidden and self._hidden[0][0] <= now:
            self._seen.append(self._hidden.pop(0)[1])
        return [breach for alarm in self.rules.alarms if (breach := self._breach(alarm))]

    def _breach(self, alarm: Alarm) -> tuple[Policy, float] | None:
        last = self._seen[-alarm.periods :]
        values = [alarm.value(metrics) for metrics in last]
        if len(values) < alarm.periods or not all(map(alarm.is_breached_by, values)):
            return None
        newest = values[-1]
        return None if newest is None else (alarm.policy, newest - alarm.threshold)
