"""Every call of a run fails in every way, in turn; each time all goes well in the end."""

from collections.abc import Callable

import pytest

from aws_simulator import programs
from aws_simulator.actor import CrashError, Fate, Gate, carried_out
from aws_simulator.stacks import SimulatedStack
from ttl_cleanup.reaper.run import run
from ttl_proof.counters import Counters
from ttl_proof.leaks import leaks, run_out, stale_records
from ttl_proof.runs import T
from ttl_proof.scene import Scene

FAULTS = [fate for fate in Fate if fate is not Fate.DONE]
MOST_CALLS = 40


class FailingGate:
    """Lets every call through but one."""

    def __init__(self, number: int, fate: Fate) -> None:
        self.made = 0
        self._number = number
        self._fate = fate

    def __call__(self, call: str, effect: Callable[[], T], /) -> T:
        fate = self._fate if self.made == self._number else Fate.DONE
        self.made += 1
        return carried_out(fate, call, effect)


def is_over() -> Scene:
    """Environments that are to be deleted, and one that stays."""
    scene = Scene(Counters())
    for environment in ("pr-1", "pr-2", "int"):
        scene.create(environment)
    scene.world.settle(200)
    scene.ripen(late_seconds=310)
    return scene


def has_failed() -> Scene:
    """A deletion that failed because of a late write, and is to be tried again."""
    scene = Scene(Counters())
    scene.create("pr-1", troubles=2)
    scene.world.settle(200)
    scene.ripen(late_seconds=310)
    for _ in range(2):
        scene.whole_run(0, {})
        scene.world.settle(300)
    return scene


def is_gone() -> Scene:
    """Stacks that are gone, but not their records."""
    scene = is_over()
    scene.whole_run(0, {})
    scene.world.settle(1_500)
    return scene


def has_no_records() -> Scene:
    """A registry that was made anew."""
    scene = is_over()
    for environment in ("pr-1", "pr-2", "int"):
        scene.lose_record(environment)
    return scene


def is_unwarned() -> Scene:
    """Environments that end and nobody knows."""
    scene = Scene(Counters())
    scene.create("pr-1")
    scene.world.settle(1_000)
    return scene


def reap(scene: Scene, gate: Gate) -> None:
    try:
        run(programs.reaper(scene.world, gate))
    except (CrashError, *programs.AWS_ERRORS):
        pass


@pytest.mark.parametrize("fate", FAULTS, ids=lambda fate: fate.value)
@pytest.mark.parametrize("prepared", [is_over, has_failed, is_gone, has_no_records, is_unwarned])
def test_a_fault_at_any_call_of_a_run_does_no_harm(
    prepared: Callable[[], Scene], fate: Fate
) -> None:
    for number in range(MOST_CALLS):
        scene = prepared()
        gate = FailingGate(number, fate)
        reap(scene, gate)
        run_out(scene.world)
        assert (leaks(scene.world), stale_records(scene.world)) == ([], [])
        if gate.made <= number:
            return
    pytest.fail("the run makes more calls than were tried")


@pytest.mark.parametrize("fate", FAULTS, ids=lambda fate: fate.value)
@pytest.mark.parametrize("kind", ["Create", "Update", "Delete"])
def test_a_fault_at_any_call_of_the_registration_does_no_harm(kind: str, fate: Fate) -> None:
    for number in range(MOST_CALLS):
        gate = FailingGate(number, fate)
        scene = Scene(Counters())
        scene.gates[kind] = gate
        stack = scene.create("pr-1")
        scene.world.settle(1_500)
        if stack.status == "CREATE_COMPLETE":
            scene.deploy("pr-1", 1)
            scene.world.settle(1_500)
        _destroy(scene, stack)
        run_out(scene.world)
        assert (leaks(scene.world), stale_records(scene.world)) == ([], [])
        if gate.made <= number:
            return
    pytest.fail("the registration makes more calls than were tried")


def _destroy(scene: Scene, stack: SimulatedStack) -> None:
    if stack.status != "DELETE_COMPLETE":
        scene.destroy("pr-1")
        scene.world.settle(2_000)
