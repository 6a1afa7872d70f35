"""What is simulated: each environment's own rules, and the known ones in their place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scaling_simulation.curves import CURVES, Curve
from scaling_simulation.known_rules import known_rules
from scaling_simulation.outcome import Outcome, outcome
from scaling_simulation.rules import Rules
from scaling_simulation.run import Second, World, play
from scaling_simulation.template import read_capacity, read_rules, read_start_seconds

# A request that takes as much CPU as was measured, and one that takes 125 times as much: then
# CPU use alone tells of load, and the ramp stays below the 10,000 requests/s of an HTTP API.
COSTS = {"as measured": 1, "125 × the CPU": 125}

# The same, where `tasks.requests_per_second` says so.
STATED = {"125 × the CPU, stated": 125}


@dataclass(frozen=True)
class Case:
    """One kind of request under one set of rules."""

    rules_name: str
    requests_name: str
    rules: Rules
    world: World

    @property
    def bounds(self) -> str:
        """The least and the most tasks."""
        return f"{self.rules.least_tasks}-{self.rules.most_tasks}"


@dataclass(frozen=True)
class Run:
    """A case under a load curve, second by second, and what came of it."""

    case: Case
    curve: Curve
    seconds: Sequence[Second]
    outcome: Outcome


def run_all(template: Mapping[str, Any]) -> list[Run]:
    """Play every curve and kind of request against a template's rules and the known ones."""
    ours = read_rules(template)
    known = known_rules(ours.least_tasks, ours.most_tasks)
    world = read_world(template)
    return [*_runs("ours", ours, COSTS, world), *_runs("known rules", known, COSTS, world)]


def run_stated(template: Mapping[str, Any]) -> list[Run]:
    """Play every curve against the rules of a template whose settings state the cost."""
    return _runs("ours", read_rules(template), STATED, read_world(template))


def read_world(template: Mapping[str, Any]) -> World:
    """Return what a template says of its tasks; a request costs as much as was measured."""
    return World(read_capacity(template), read_start_seconds(template))


def _runs(name: str, rules: Rules, costs: Mapping[str, int], world: World) -> list[Run]:
    cases = [
        Case(name, requests_name, rules, replace(world, cost=cost))
        for requests_name, cost in costs.items()
    ]
    return [_run(case, curve) for case in cases for curve in CURVES]


def _run(case: Case, curve: Curve) -> Run:
    seconds = play(case.rules, curve, case.world)
    return Run(case, curve, seconds, outcome(seconds))
