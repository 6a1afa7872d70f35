"""What is played: what must lose no request and, changed in one point each, what must lose some."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from rollout_proof import versions
from rollout_proof.callers import Callers
from rollout_proof.service import COMPLETED, ROLLED_BACK
from rollout_proof.stage import Stage, set_up
from rollout_proof.times import Template, Times, read_times

# Of the longest that a request may take: the rest is its own way.
ALMOST = 0.9
NEVER = 1_000_000


class Played(NamedTuple):
    """What came of a scenario."""

    result: str
    answered: int
    failed: Mapping[int, int]


@dataclass(frozen=True)
class Scenario:
    """A deployment, or an end, under load; `stack` names the template that it is read from.

    `slow` is how long slow requests take, as a share of the longest; `change` makes it wrong.
    """

    name: str
    stack: str
    play: Callable[[Stage], str]
    result: str = COMPLETED
    slow: float = ALMOST
    loses: bool = False
    change: Callable[[Times], Times] = lambda times: times
    tasks: int = 2
    groups: int = 1
    pause_share_of_idle: float = 0

    def run(self, templates: Mapping[str, Template], folder: Path, factor: float) -> Played:
        """Play it with all times scaled."""
        template = templates[self.stack]
        times = self.change(read_times(template, templates["network"])).scaled(factor)
        with set_up(template, times, folder, tasks=self.tasks, groups=self.groups) as stage:
            pause = times.idle * self.pause_share_of_idle or 0.005
            callers = Callers(
                stage.balancer.send,
                slow_seconds=times.longest_request * self.slow,
                pause_seconds=pause,
            )
            with callers:
                result = self.play(stage)
        failed = {status: count for status, count in callers.statuses.items() if status != 200}
        return Played(result, callers.statuses[200], failed)

    def is_as_expected(self, played: Played) -> bool:
        """Whether it ended as it should, and lost requests only where it is wrong."""
        return (
            played.result == self.result
            and played.answered > 0
            and bool(played.failed) == self.loses
        )


def _rolling(version: Callable[[Path], Path] = versions.good) -> Callable[[Stage], str]:
    return lambda stage: stage.service.roll(stage.start(version))


def _swapping(
    version: Callable[[Path], Path] = versions.good, *, alarm: bool = False
) -> Callable[[Stage], str]:
    return lambda stage: stage.service.swap(stage.start(version), lambda: alarm)


def _interrupted(stage: Stage) -> str:
    stage.service.interrupt(stage.start(versions.good))
    return COMPLETED


def _kept_open(stage: Stage) -> str:
    """Leave connections without use, for as long as the balancer just keeps them, and use them."""
    time.sleep(stage.times.idle * 2)
    return COMPLETED


def _swap_undone(stage: Stage) -> str:
    """Bring the template's weights back after a swap, as an update of the rule does."""
    result = _swapping()(stage)
    stage.balancer.serving = stage.balancer.groups[0]
    time.sleep(stage.times.check_interval)
    return result


# A request that begins as a task is deregistered ends this long before the delay does.
QUICK = 0.1
ROLLING = Scenario("rolling", "int", _rolling())
HOLDS = (
    ROLLING,
    Scenario("rolling, of an environment that goes", "pr-123", _rolling(), slow=QUICK),
    Scenario("rolling, its only task", "pr-123", _rolling(), slow=QUICK, tasks=1),
    Scenario("rolling, tasks end at once", "int", _rolling(versions.that_ends), result=ROLLED_BACK),
    Scenario(
        "rolling, tasks never healthy",
        "int",
        _rolling(versions.that_is_never_healthy),
        result=ROLLED_BACK,
    ),
    Scenario("Spot takes a task", "load", _interrupted),
    Scenario("connections kept without use", "int", _kept_open, slow=0, pause_share_of_idle=ALMOST),
    Scenario("blue-green", "stage", _swapping(), groups=2),
    Scenario(
        "blue-green, tasks end at once",
        "stage",
        _swapping(versions.that_ends),
        result=ROLLED_BACK,
        groups=2,
    ),
    Scenario(
        "blue-green, alarm while baking",
        "stage",
        _swapping(alarm=True),
        result=ROLLED_BACK,
        groups=2,
    ),
)
CUT = Scenario(
    "rolling, deregistration delay 0",
    "int",
    _rolling(),
    loses=True,
    change=lambda times: replace(times, deregistration=0),
)
LOSES = (
    CUT,
    Scenario(
        "rolling, of an environment that goes, requests longer than its delay",
        "pr-123",
        _rolling(),
        loses=True,
    ),
    Scenario(
        "rolling, no task must stay healthy",
        "int",
        _rolling(),
        loses=True,
        change=lambda times: replace(times, least_percent=0, most_percent=100),
    ),
    Scenario(
        "Spot takes a task, drained for 0 s",
        "load",
        _interrupted,
        loses=True,
        change=lambda times: replace(times, drain=0.0),
    ),
    Scenario(
        "Spot takes a task, drained for 5 s",
        "load",
        _interrupted,
        loses=True,
        change=lambda times: replace(times, drain=5.0),
    ),
    Scenario(
        "Spot takes a task, its health is not looked at",
        "load",
        _interrupted,
        loses=True,
        change=lambda times: replace(times, unhealthy_checks=NEVER),
    ),
    Scenario(
        "Spot takes a task, requests not finished",
        "load",
        _interrupted,
        loses=True,
        change=lambda times: replace(times, drain=12.0, finish=0.0),
    ),
    Scenario(
        "Spot takes a task, killed before its last request is over",
        "load",
        _interrupted,
        loses=True,
        change=lambda times: replace(times, stop=times.drain),
    ),
    Scenario(
        "connections kept without use, closed by the task first",
        "int",
        _kept_open,
        slow=0,
        pause_share_of_idle=ALMOST,
        loses=True,
        change=lambda times: replace(times, keep_alive=times.idle / 3),
    ),
    Scenario(
        "blue-green, its swap undone by the template",
        "stage",
        _swap_undone,
        groups=2,
        loses=True,
    ),
)
