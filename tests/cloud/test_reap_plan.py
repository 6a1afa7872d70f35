"""The plan that people are shown, held against what the reaper's own run would do."""

from dataclasses import replace
from typing import Any

import pytest

from aws_simulator import programs
from aws_simulator.actor import open_gate
from aws_simulator.cloudformation import CloudFormation
from aws_simulator.world import World
from mockenv.cloud.inventory import inventory
from mockenv.cloud.reap_plan import LEAVE, WAIT, WORDS, Planned, planned
from mockenv.cloud.reap_report import as_text
from ttl_cleanup.reaper.run import plan, run
from ttl_cleanup.reaper.steps import environment_of

HOUR = 3_600


@pytest.fixture
def world() -> World:
    return programs.new_world()


def shown(world: World) -> dict[str, Planned]:
    registry = programs.registry(world, open_gate)
    found = inventory(CloudFormation(world, open_gate, "person"), registry, "payments")
    plans = [planned(each, int(world.time)) for each in found]
    return {each.environment: each for each in plans}


def step_and_reason(world: World) -> tuple[str, str]:
    (only,) = shown(world).values()
    return only.step, only.why


def reap(world: World) -> None:
    run(programs.reaper(world, open_gate))


def change(world: World, environment: str, **changes: Any) -> None:
    programs.registry(world, open_gate).change(
        environment,
        lambda r: replace(r, generation=r.generation + 1, **changes) if r else None,
    )


def test_it_is_what_a_run_would_do_whatever_there_is(world: World) -> None:
    """Many kinds of environments through nine hours, compared every ten minutes."""
    world.create("int", "never")
    world.create("pr-1", "30m")
    world.create("pr-2", "2h", deletions_to_fail=9)
    world.create("pr-3", "8h")
    world.create("pr-4", "1h", creation_fails=True)
    world.create("pr-5", "30m")
    world.settle(200)
    change(world, "pr-5", is_pinned=True)
    world.table.items["pr-9"] = {"environment": {"S": "pr-9"}}
    del world.table.items["pr-3"]
    seen: set[str] = set()
    for number in range(54):
        told = {each.environment: each.step for each in shown(world).values()}
        seen |= set(told.values())
        steps = plan(programs.reaper(world, open_gate))
        due = {environment_of(step): WORDS[type(step)] for step in steps}
        assert {name: step for name, step in told.items() if step not in {WAIT, LEAVE}} == due
        if number % 3:
            reap(world)
        world.settle(600)
    assert seen >= {"adopt", "warn", "delete", "note failure", "retry", "confirm", WAIT, LEAVE}


def test_the_reasons_on_the_way_to_the_end(world: World) -> None:
    stack = world.create("pr-1", "8h")
    assert step_and_reason(world) == (WAIT, "its stack is CREATE_IN_PROGRESS")
    world.settle(200)
    assert step_and_reason(world) == (WAIT, "it ends in 7 h 57 min")
    world.settle(7.8 * HOUR)
    step, why = step_and_reason(world)
    assert step == "warn"
    assert "nobody was told yet" in why
    reap(world)
    world.settle(600)
    assert step_and_reason(world)[1].startswith("its time is over; it is deleted 5 min after")
    world.settle(600)
    step, why = step_and_reason(world)
    assert (step, why[:15]) == ("delete", "its end was at ")
    change(world, "pr-1", state="deleting", expires_at=int(world.time) + HOUR)
    assert step_and_reason(world)[0] == "take back"
    stack.deletions_to_fail = 3
    world.begin_deletion(stack, by="user")
    assert step_and_reason(world) == (WAIT, "its stack is DELETE_IN_PROGRESS")
    world.settle(60)
    assert step_and_reason(world)[0] == "note failure"
    reap(world)
    assert step_and_reason(world) == (
        WAIT,
        "its deletion failed once; the next try is due in 5 min",
    )
    world.settle(301)
    assert step_and_reason(world)[0] == "retry"
    change(world, "pr-1", deletion_failures=3)
    assert step_and_reason(world)[1] == "its deletion failed 3 times: that is left to people"


@pytest.mark.parametrize(
    ("ttl", "pinned", "why"), [("never", False, "it has no end"), ("8h", True, "it is pinned")]
)
def test_what_has_no_end_waits(world: World, ttl: str, pinned: bool, why: str) -> None:
    world.create("pr-1", ttl)
    world.settle(200)
    change(world, "pr-1", is_pinned=pinned)
    assert step_and_reason(world) == (WAIT, why)


def test_the_plan_changes_nothing_and_counts(world: World) -> None:
    world.create("pr-1", "30m")
    world.create("pr-2", "8h")
    world.settle(1_500)
    writes = len(world.table.writes)
    text = as_text(list(shown(world).values()))
    assert len(world.table.writes) == writes
    assert text.splitlines()[0].split() == ["ENVIRONMENT", "STEP", "WHY"]
    assert "1 of 2 environments would be moved on; nothing was changed" in text
    assert as_text([]) == "0 of 0 environments would be moved on; nothing was changed"
