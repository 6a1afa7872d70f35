"""The state machine: people, CloudFormation and reapers, in any order, with any fault."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from aws_simulator.actor import Fate
from ttl_cleanup.reaper.guards import Guards
from ttl_proof.counters import Counters
from ttl_proof.leaks import leaks, run_out, stale_records
from ttl_proof.runs import ENVIRONMENTS
from ttl_proof.scene import Scene

CLOCKS = (0, 0, -300, -60, 60, 300)
FAULTS = st.dictionaries(st.integers(0, 20), st.sampled_from([*Fate][1:]), max_size=4)
STUCK = (0, 0, 0, 1, 2, 3, 4)
TROUBLES = (0, 0, 0, 1, 2, 3)
# What may happen between two calls of a reaper; steps of programs are the most common.
MOVES: dict[str, Callable[[Scene, int, Fate], Any]] = {
    "step": lambda scene, number, fate: scene.step(number, fate),
    "steps": lambda scene, number, fate: scene.steps(number, fate),
    "finish": lambda scene, number, _fate: scene.finish(number),
    "begin": lambda scene, number, _fate: scene.begin_run(number),
    "extend": lambda scene, number, _fate: scene.extend(ENVIRONMENTS[number % 2], number // 3 + 1),
    "pin": lambda scene, number, _fate: scene.pin(ENVIRONMENTS[number % 2], pins=number < 6),
    "deploy": lambda scene, number, _fate: scene.deploy(ENVIRONMENTS[number % 3], number // 3),
    "destroy": lambda scene, number, _fate: scene.destroy(ENVIRONMENTS[number % 3]),
    "wait": lambda scene, number, _fate: scene.wait((1, 2, 5, 20, 60, 300)[number % 6]),
    "repeat": lambda scene, number, _fate: scene.repeat_request(number),
    "lag": lambda scene, number, _fate: scene.lag(
        (0, 0, 15, 60)[number % 4], ["", "", *ENVIRONMENTS][number % 5]
    ),
    "lose": lambda scene, number, _fate: scene.lose_record(ENVIRONMENTS[number % 3]),
}
COMMON = ["step"] * 8 + ["steps"] * 5 + ["finish", "begin", "wait", "deploy", "extend", "lag"] * 2
KINDS = COMMON + list(MOVES)
# From bytes: of Hypothesis's own randoms most have a small seed, and come again and again.
CHANCES = st.binary(min_size=8, max_size=8).map(Random)


def moves(chances: Random, count: int) -> Iterator[tuple[str, int, Fate]]:
    """Yield moves, of which one in three has a fault."""
    fates = [*Fate][1:]
    for _ in range(count):
        fate = chances.choice(fates) if chances.random() < 1 / 3 else Fate.DONE
        yield chances.choice(KINDS), chances.randrange(12), fate


class TtlMachine(RuleBasedStateMachine):
    """Real programs in the simulated world; the judge stops it at the first wrong deletion."""

    counters: ClassVar[Counters] = Counters()
    guards: ClassVar[Guards] = Guards()

    def __init__(self) -> None:
        super().__init__()
        self.scene = Scene(self.counters, self.guards)

    @initialize(chances=CHANCES)
    def begin(self, chances: Random) -> None:
        """Begin with environments that serve, some of which will be hard to delete; then race."""
        self.scene.provider_clock = chances.choice(CLOCKS)
        for environment in ENVIRONMENTS:
            stuck, troubles = chances.choice(STUCK), chances.choice(TROUBLES)
            self.scene.create(environment, stuck=stuck, troubles=troubles)
        self.scene.world.settle(200)
        self._race(chances)

    @rule(chances=CHANCES)
    def race(self, chances: Random) -> None:
        """Let two reapers begin when environments are over, and all else happen meanwhile."""
        self._race(chances)

    def _race(self, chances: Random) -> None:
        self.scene.ripen(late_seconds=chances.choice([-20, 310, 310, 700]))
        self.scene.clocks = (chances.choice(CLOCKS), chances.choice(CLOCKS))
        self.scene.begin_run(0)
        self.scene.begin_run(1)
        self._move(chances, count=50)

    @rule(clock=st.sampled_from(CLOCKS), faults=FAULTS)
    def whole_run(self, clock: int, faults: dict[int, Fate]) -> None:
        """Run a reaper, with some of its calls failing."""
        self.scene.whole_run(clock, faults)

    @rule(environment=st.sampled_from(ENVIRONMENTS), clock=st.sampled_from(CLOCKS), faults=FAULTS)
    def event(self, environment: str, clock: int, faults: dict[int, Fate]) -> None:
        """Tell a reaper of a change of any stack that ever was."""
        self.scene.event(environment, clock, faults)

    @rule(chances=CHANCES)
    def anything(self, chances: Random) -> None:
        """Let anything happen at any time."""
        self._move(chances, count=15)

    @rule(seconds=st.sampled_from([60, 300, 900, 1_800]))
    def calm(self, seconds: int) -> None:
        """Let time pass, and the registration answer."""
        self.scene.world.settle(seconds)
        self.scene.end_old_runs()

    def _move(self, chances: Random, count: int) -> None:
        for kind, number, fate in moves(chances, count):
            self.counters.moved(kind, number, fate)
            MOVES[kind](self.scene, number, fate)

    def teardown(self) -> None:
        """Let all end without faults; then nothing may be left."""
        self.scene.finish_all()
        run_out(self.scene.world, self.guards)
        self.counters.ended()
        assert leaks(self.scene.world) == []
        assert stale_records(self.scene.world) == []
