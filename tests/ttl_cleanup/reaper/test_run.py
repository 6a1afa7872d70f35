"""Whole runs in the simulated world: order, bounds, what is counted, how many calls it takes."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any, TypeVar

import pytest

from aws_simulator import programs
from aws_simulator.actor import open_gate, refused
from aws_simulator.world import World
from ttl_cleanup.reaper import run as module
from ttl_cleanup.reaper.context import Context
from ttl_cleanup.reaper.run import MOST_STEPS, plan, run, run_one
from ttl_cleanup.registry.changes import extended, pinned

T = TypeVar("T")


class CountingGate:
    """Lets calls through, counts them, and refuses those that `refuses` names."""

    def __init__(self, refuses: str = "") -> None:
        self.calls: Counter[str] = Counter()
        self.refuses = refuses

    def __call__(self, call: str, effect: Callable[[], T], /) -> T:
        self.calls[call] += 1
        if call == self.refuses:
            raise refused(call, "ThrottlingException", "Rate exceeded")
        return effect()


@pytest.fixture
def world() -> World:
    return programs.new_world()


def reap(world: World, gate: Any = open_gate) -> Context:
    context = programs.reaper(world, gate)
    run(context)
    return context


def over(world: World, environment: str = "pr-1", **changes: Any) -> Any:
    """Return an environment's stack of which people were told, when its time is over."""
    stack = world.create(environment, "30m", **changes)
    world.settle(1_200)
    reap(world)
    world.settle(1_200)
    return stack


def test_an_environments_end(world: World) -> None:
    stack = over(world)
    tallies = []
    for _ in range(8):
        tallies.append(reap(world).tally)
        world.settle(300)
    assert stack.status == "DELETE_COMPLETE"
    assert world.table.items == {}
    assert sum(tally.expired for tally in tallies) == 1
    assert sum(tally.deleted for tally in tallies) == 1
    assert [subject for _, subject, _ in world.messages] == [
        "mockenv: pr-1 ends in 10 min",
        "mockenv: pr-1 is gone",
    ]


def test_a_run_tells_of_leftovers_once_and_counts_them_until_they_are_gone(world: World) -> None:
    world.ghost_seconds = 3 * 3_600
    over(world)
    counted = []
    for _ in range(50):
        counted.append(reap(world).tally.leftovers)
        world.settle(300)
    assert 0 < sum(1 for each in counted if each == 2) < 30
    assert counted[-1] == 0
    subjects = [subject for _, subject, _ in world.messages]
    assert subjects.count("mockenv: pr-1 left 2 resources behind") == 1
    assert subjects[-1] == "mockenv: pr-1 is gone"


@pytest.mark.parametrize("shows_deletion_time", [True, False])
def test_a_deletion_that_keeps_failing_is_tried_three_times_and_then_counted(
    world: World, shows_deletion_time: bool
) -> None:
    stack = over(world, deletions_to_fail=9, shows_deletion_time=shows_deletion_time)
    tallies = []
    for _ in range(30):
        tallies.append(reap(world).tally)
        world.settle(300)
    assert stack.deletions_failed == 3
    assert tallies[-1].delete_failed == 1
    times = [int(at) for at, _, by in world.deletions if by == "reaper"]
    assert times[1] - times[0] < times[2] - times[1]
    subjects = [subject for _, subject, _ in world.messages]
    assert subjects.count("mockenv: pr-1 can't be deleted") == 1


def test_a_bucket_that_was_written_to_late_and_tasks_that_run_are_removed(world: World) -> None:
    stack = over(world, writes_late=True)
    reap(world)
    world.settle(300)
    assert stack.status == "DELETE_FAILED"
    stack.tasks = 1
    for _ in range(4):
        reap(world)
        world.settle(300)
    assert stack.status == "DELETE_COMPLETE"


def test_a_version_that_can_not_be_deleted_does_not_end_the_run(world: World) -> None:
    stack = over(world, writes_late=True)
    reap(world)
    world.settle(300)
    world.storage.buckets[stack.bucket].held.add("late")
    for _ in range(3):
        assert reap(world).tally.steps_failed == 0
        world.settle(300)
    assert stack.deletions_failed >= 2


@pytest.mark.parametrize(
    "change", [pinned, lambda r: extended(r, r.expires_at + 36_000)], ids=["pinned", "extended"]
)
def test_what_people_keep_is_kept(world: World, change: Any) -> None:
    stack = over(world)
    programs.registry(world, open_gate).change("pr-1", change)
    for _ in range(6):
        reap(world)
        world.settle(300)
    assert stack.status == "CREATE_COMPLETE"


def test_one_that_fails_does_not_keep_others_waiting(world: World) -> None:
    stacks = [world.create(f"pr-{number}", "30m") for number in (1, 2, 3)]
    world.settle(1_200)
    reap(world)
    world.settle(1_200)
    del world.table.items["pr-1"]["stack_id"]
    tally = reap(world).tally
    assert (tally.unreadable, tally.expired) == (1, 2)
    assert [stack.status for stack in stacks] == [
        "CREATE_COMPLETE",
        "DELETE_IN_PROGRESS",
        "DELETE_IN_PROGRESS",
    ]


def test_steps_that_aws_refuses_are_counted_and_come_again(world: World) -> None:
    stack = over(world)
    assert reap(world, CountingGate("DeleteStack")).tally.steps_failed == 1
    assert reap(world).tally.steps_failed == 0
    assert stack.status == "DELETE_IN_PROGRESS"


def test_a_topic_out_of_order_delays_but_does_not_keep(world: World) -> None:
    stack = world.create("pr-1", "30m")
    world.settle(1_200)
    gate = CountingGate("Publish")
    for _ in range(12):
        reap(world, gate)
        world.settle(300)
    assert stack.status == "DELETE_COMPLETE"


def test_a_list_that_can_not_be_read_ends_the_run(world: World) -> None:
    over(world)
    with pytest.raises(programs.AWS_ERRORS):
        reap(world, CountingGate("ListStacks"))
    assert world.deletions == []


def test_a_run_ends_in_time_and_the_next_goes_on(world: World) -> None:
    for number in range(1, 5):
        world.create(f"pr-{number}", "30m")
    world.settle(1_200)
    reap(world)
    world.settle(1_200)
    looks = count()
    context = replace(programs.reaper(world, open_gate), is_time_up=lambda: next(looks) >= 2)
    run(context)
    assert len(world.deletions) == 2
    reap(world)
    assert len(world.deletions) == 4


def test_a_run_takes_so_many_steps_and_all_come_up() -> None:
    steps: list[Any] = list(range(3 * MOST_STEPS + 7))
    assert module._turn(steps[:MOST_STEPS], 0) == steps[:MOST_STEPS]
    taken: set[Any] = set()
    for number in range(5):
        turn = module._turn(steps, number * module.SECONDS_BETWEEN_RUNS)
        assert len(turn) == MOST_STEPS
        taken |= set(turn)
    assert taken == set(steps)


def test_an_event_moves_its_environment_alone(world: World) -> None:
    first = world.create("pr-1", "30m")
    second = over(world, "pr-2")
    gate = CountingGate()
    run_one(programs.reaper(world, gate), second.stack_id)
    assert (first.status, second.status) == ("CREATE_COMPLETE", "DELETE_IN_PROGRESS")
    assert gate.calls == {"DescribeStacks": 2, "GetItem": 2, "PutItem": 1, "DeleteStack": 1}


def test_an_event_of_a_deleted_stack_spares_its_successor(world: World) -> None:
    first = over(world)
    world.begin_deletion(first, by="user")
    world.settle(120)
    second = world.create("pr-1", "30m")
    world.settle(300)
    run_one(programs.reaper(world, open_gate), first.stack_id)
    assert "pr-1" in world.table.items
    run_one(programs.reaper(world, open_gate), "arn:aws:cloudformation:unknown")
    assert second.status == "CREATE_COMPLETE"


def test_a_plan_changes_nothing(world: World) -> None:
    over(world)
    gate = CountingGate()
    steps = list(plan(programs.reaper(world, gate)))
    assert [type(step).__name__ for step in steps] == ["Delete"]
    assert set(gate.calls) == {"Scan", "ListStacks"}


def test_a_thousand_environments_cost_a_list_and_a_scan(world: World) -> None:
    world.page, world.table.page = 50, 2_000
    for number in range(1, 1_001):
        world.create(f"pr-{number}", "30m")
    world.settle(200)
    gate = CountingGate()
    run(programs.reaper(world, gate))
    assert gate.calls == {"ListStacks": 20, "Scan": 1}


def test_a_registry_that_is_gone_is_made_anew_from_what_stacks_say(world: World) -> None:
    stack = world.create("pr-1", "30m")
    world.create("int", "never")
    world.settle(200)
    world.table.items.clear()
    reap(world)
    assert set(world.table.items) == {"pr-1", "int"}
    assert world.table.items["pr-1"]["expires_at"] == {"N": str(int(stack.created_at) + 1_800)}
    assert "expires_at" not in world.table.items["int"]


def test_a_list_that_leaves_out_a_stack_costs_no_record(world: World) -> None:
    stack = world.create("pr-1", "30m")
    world.settle(200)
    before = dict(world.table.items["pr-1"])
    world.left_out = {stack.name}
    for _ in range(3):
        reap(world)
        world.settle(4_000)
    assert world.table.items["pr-1"] == before
    assert world.messages == []


def test_a_stack_that_nobody_knows_keeps_its_record_for_an_hour(world: World) -> None:
    stack = world.create("pr-1", "30m")
    world.settle(200)
    del world.stacks[stack.stack_id]
    world._past.clear()
    reap(world)
    assert "pr-1" in world.table.items
    world.settle(3_600)
    reap(world)
    assert world.table.items == {}
