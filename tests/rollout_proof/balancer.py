"""An Application Load Balancer with one rule: groups of targets with weights, and their health."""

import threading
from dataclasses import dataclass, field

from rollout_proof.target import Target
from rollout_proof.times import Times

NO_TARGET = 503


@dataclass
class Group:
    """Targets that are checked; requests go to its healthy ones in turn.

    With none healthy they go to all (Application Load Balancers, "Health checks for your target
    groups": it fails open), but never to those that are deregistered.
    """

    times: Times
    targets: list[Target] = field(default_factory=list)
    _turn: int = 0

    def register(self, port: int) -> Target:
        """Add a target, which gets requests once it is found healthy."""
        target = Target(port, self.times.idle)
        self.targets = [*self.targets, target]
        return target

    def deregister(self, target: Target) -> None:
        """Send the target nothing new."""
        target.is_draining = True

    def remove(self, target: Target) -> None:
        """Forget a target, and cut what it still has."""
        self.targets = [each for each in self.targets if each is not target]
        target.cut()

    def next(self) -> Target | None:
        """Choose who gets the next request."""
        able = [target for target in self.targets if not target.is_draining]
        chosen = [target for target in able if target.is_healthy] or able
        self._turn += 1
        return chosen[self._turn % len(chosen)] if chosen else None

    def check(self) -> None:
        """Ask every target for its health once; deregistered ones are not asked."""
        for target in self.targets:
            if not target.is_draining:
                target.check(self.times.healthy_checks, self.times.unhealthy_checks)


class Balancer:
    """Sends each request to the group that has the weight; checks all groups meanwhile."""

    def __init__(self, times: Times, groups: int = 1) -> None:
        self.groups = [Group(times) for _ in range(groups)]
        self.serving = self.groups[0]
        self._interval = times.check_interval
        self._ended = threading.Event()
        self._checks = [threading.Thread(target=self._check, args=(g,)) for g in self.groups]
        for thread in self._checks:
            thread.start()

    def send(self, headers: dict[str, str]) -> int:
        """Pass on one request; return the status that its caller gets."""
        target = self.serving.next()
        return NO_TARGET if target is None else target.exchange(headers)

    def close(self) -> None:
        """Check no more."""
        self._ended.set()
        for thread in self._checks:
            thread.join()

    def _check(self, group: Group) -> None:
        while not self._ended.wait(self._interval):
            group.check()
