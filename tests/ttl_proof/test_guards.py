"""Every guard earns its place: with all of them a schedule goes well, without one it does not."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest

from aws_simulator import programs
from aws_simulator.account import ACCOUNT, PROJECT, REGION
from aws_simulator.actor import Actor, open_gate
from aws_simulator.stacks import SimulatedStack
from ttl_cleanup.reaper.decision import decide
from ttl_cleanup.reaper.guards import Guards
from ttl_cleanup.reaper.owner import IDENTITY_CHECKS, name_problem, place_problem, tag_problem
from ttl_cleanup.reaper.run import run
from ttl_cleanup.reaper.stack import Stack
from ttl_cleanup.reaper.steps import Adopt, Step
from ttl_cleanup.registry.record import Record
from ttl_proof.counters import Counters
from ttl_proof.judge import WrongDeletionError
from ttl_proof.leaks import leaks, run_out
from ttl_proof.scene import Scene

NAME = f"mockenv-{PROJECT}-env-pr-1"
PLACE = f"{REGION}:{ACCOUNT}"
Schedule = Callable[[Guards], None]
ALL = Guards()


def without_check(check: object) -> Guards:
    return Guards(checks=[each for each in IDENTITY_CHECKS if each is not check])


def never_adopt(record: Record | None, stack: Stack | None, now: int) -> Step | None:
    step = decide(record, stack, now)
    return None if isinstance(step, Adopt) else step


def served(guards: Guards, *environments: str) -> Scene:
    """Return a scene whose environments were created."""
    scene = Scene(Counters(), guards)
    for environment in environments:
        scene.create(environment)
    scene.world.settle(200)
    return scene


def stopped_before(scene: Scene, call: str) -> Actor:
    """Begin a run and let it go on until it is about to make a call."""
    actor = Actor("reaper", lambda gate: scene.reap(gate, 0))
    while actor.next_call != call:
        assert not actor.is_finished, f"{call} never came"
        actor.step()
    return actor


def finish(actor: Actor) -> None:
    actor.finish()
    if actor.error:
        raise actor.error


def extended_before_the_deletion(guards: Guards) -> None:
    """Somebody extends an environment between the reaper's decision and its deletion."""
    scene = served(guards, "pr-1")
    scene.ripen(late_seconds=310)
    reaper = stopped_before(scene, "DeleteStack")
    scene.extend("pr-1", hours=4)
    finish(reaper)


def renewed_after_the_list(guards: Guards) -> None:
    """An update that the registration does not hear of begins and ends after the list was read."""
    scene = served(guards, "pr-1")
    scene.ripen(late_seconds=310)
    reaper = stopped_before(scene, "GetItem")
    scene.deploy("pr-1", 0)
    scene.world.settle(60)
    finish(reaper)


def replaced_under_its_name(guards: Guards) -> None:
    """A deploy replaces what was rolled back, which takes seconds, between look and deletion."""
    scene = served(guards)
    failed = scene.create("pr-1", troubles=1)
    scene.world.settle(200)
    scene.ripen(late_seconds=4_000)
    reaper = stopped_before(scene, "DeleteStack")
    scene.deploy("pr-1", 0)
    scene.world.settle(3, step_seconds=1)
    assert failed.status == "DELETE_COMPLETE"
    scene.deploy("pr-1", 0)
    finish(reaper)


def looks_alike(guards: Guards, *, name: str = NAME, place: str = PLACE, **tags: str) -> None:
    """A stack that has all marks of an environment but one, and nobody ever registered."""
    scene = Scene(Counters(), guards)
    scene.judge.own.clear()
    own_tags = {"project": PROJECT, "environment": "pr-1", "ttl": "30m"} | tags
    alike = SimulatedStack(
        f"arn:aws:cloudformation:{place}:stack/{name}/00000001-0000-0000-0000-000000000007",
        name,
        {f"mockenv:{key}": value for key, value in own_tags.items()},
        "another-bucket",
        scene.world.time,
        status="CREATE_COMPLETE",
    )
    scene.world.add(alike)
    for _ in range(12):
        scene.reap(open_gate, 0)
        scene.world.settle(300)


def has_another_name(guards: Guards) -> None:
    looks_alike(guards, name="production")


def is_tagged_otherwise(guards: Guards) -> None:
    looks_alike(guards, project="billing")


def is_elsewhere(guards: Guards) -> None:
    looks_alike(guards, place=f"us-east-1:{ACCOUNT}")


def lost_its_record(guards: Guards) -> None:
    """The registry is made anew, and nobody deploys again."""
    scene = served(guards, "pr-1")
    scene.lose_record("pr-1")
    run_out(scene.world, guards)
    if leaks(scene.world):
        raise WrongDeletionError("it was never deleted")


WITHOUT: list[tuple[str, Guards, Schedule]] = [
    ("fence", replace(ALL, fence=lambda old, _stack, _now: old), extended_before_the_deletion),
    ("second look", replace(ALL, objection=lambda *_: None), renewed_after_the_list),
    ("stack id", replace(ALL, address=lambda stack: stack.name), replaced_under_its_name),
    ("name check", without_check(name_problem), has_another_name),
    ("tag check", without_check(tag_problem), is_tagged_otherwise),
    ("account and region", without_check(place_problem), is_elsewhere),
    ("orphan sweep", replace(ALL, decide=never_adopt), lost_its_record),
]
SCHEDULES = [schedule for _, _, schedule in WITHOUT]


@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda schedule: schedule.__name__)
def test_with_all_guards_a_schedule_goes_well(schedule: Schedule) -> None:
    schedule(ALL)


@pytest.mark.parametrize(("name", "guards", "schedule"), WITHOUT, ids=[each[0] for each in WITHOUT])
def test_without_a_guard_it_goes_wrong(name: str, guards: Guards, schedule: Schedule) -> None:
    with pytest.raises(WrongDeletionError):
        schedule(guards)
    assert name


def test_a_deletion_is_not_asked_for_long_after_the_look() -> None:
    """A program that stood still looks again in its next run."""
    scene = served(ALL, "pr-1")
    scene.ripen(late_seconds=310)
    context = programs.reaper(scene.world, open_gate)
    run(replace(context, monotonic=count(step=6).__next__))
    assert scene.world.deletions == []
    run(context)
    assert scene.world.deletions != []
