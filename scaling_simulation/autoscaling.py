"""Application Auto Scaling, as its user guide describes step scaling ("How step scaling works").

- A percentage is one of the current number; between 0 and 1 it is rounded to 1, above 1 down.
- Scale out: during the cooldown, what the step before added counts as part of the next; only a
  larger one adds something, the difference. Nothing says from which number a percentage is taken
  then; here it is the one before the cooldown.
- Scale in: nothing more during the cooldown, but scaling out goes on at once and ends it.
- Policies at the same time: the largest number of tasks counts.
"""

import math
from dataclasses import dataclass

from scaling_simulation.rules import Policy, Rules


@dataclass(frozen=True)
class _Cooldown:
    ends_at: int
    tasks_before: int


class AutoScaling:
    """Holds the desired number of tasks and changes it when alarms invoke policies."""

    def __init__(self, rules: Rules) -> None:
        self.desired = rules.least_tasks
        self._least, self._most = rules.least_tasks, rules.most_tasks
        self._cooldowns: dict[Policy, _Cooldown] = {}

    def invoke(self, breaches: list[tuple[Policy, float]], now: int) -> None:
        """Take the policies whose alarms are on, each with its distance from the threshold."""
        wanted = {policy: self._wanted(policy, breach, now) for policy, breach in breaches}
        changes = {policy: tasks for policy, tasks in wanted.items() if tasks != self.desired}
        if not changes or max(wanted.values()) == self.desired:
            return
        policy = max(changes, key=lambda changed: changes[changed])
        self._change(policy, changes[policy], now)

    def _wanted(self, policy: Policy, breach: float, now: int) -> int:
        cooldown = self._cooldown(policy, now)
        change = policy.change_percent(breach)
        if change < 0:
            return self.desired if cooldown else self._bounded(self.desired, policy, change)
        before = cooldown.tasks_before if cooldown else self.desired
        return max(self.desired, self._bounded(before, policy, change))

    def _bounded(self, tasks: int, policy: Policy, change_percent: float) -> int:
        if not change_percent:
            return tasks
        size = max(math.floor(tasks * abs(change_percent) / 100), policy.least_change, 1)
        changed = tasks + int(math.copysign(size, change_percent))
        return min(self._most, max(self._least, changed))

    def _cooldown(self, policy: Policy, now: int) -> _Cooldown | None:
        cooldown = self._cooldowns.get(policy)
        return cooldown if cooldown and now < cooldown.ends_at else None

    def _change(self, policy: Policy, tasks: int, now: int) -> None:
        running = self._cooldown(policy, now)
        before = running.tasks_before if running else self.desired
        if tasks > self.desired:
            self._cooldowns.clear()
        self._cooldowns[policy] = _Cooldown(now + policy.cooldown_seconds, before)
        self.desired = tasks
