"""All environments, from stacks and records that need not fit together."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from aws_simulator import programs
from aws_simulator.actor import open_gate
from aws_simulator.cloudformation import CloudFormation
from aws_simulator.world import World
from mockenv.cloud.inventory import Listed, inventory
from mockenv.cloud.list_report import as_data, as_text, in_order, notes
from mockenv.cloud.states import State, state
from mockenv.cloud.times import iso

T = TypeVar("T")
HOUR = 3_600


class Counting:
    """Lets every call through and counts it."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()

    def __call__(self, call: str, effect: Callable[[], T], /) -> T:
        self.calls[call] += 1
        return effect()


@pytest.fixture
def world() -> World:
    return programs.new_world()


def listed(world: World, gate: Any = open_gate) -> dict[str, Listed]:
    registry = programs.registry(world, gate)
    found = inventory(CloudFormation(world, gate, "user"), registry, "payments")
    names = [each.environment for each in found]
    assert len(names) == len(set(names))
    return {each.environment: each for each in found}


def states(world: World) -> dict[str, str]:
    found = listed(world).items()
    return {name: str(state(each, int(world.time))) for name, each in found}


def change(world: World, environment: str, **changes: Any) -> None:
    programs.registry(world, open_gate).change(
        environment, lambda record: replace(record, generation=9, **changes) if record else None
    )


def test_a_whole_environment(world: World) -> None:
    stack = world.create("pr-1", "8h")
    world.settle(200)
    (found,) = listed(world).values()
    assert found.stack is not None
    assert found.stack.stack_id == stack.stack_id
    assert found.record is not None
    assert found.url == "https://abc.execute-api.eu-central-1.amazonaws.com"
    assert found.created_at == int(stack.created_at)
    assert found.record.expires_at is not None
    assert as_data([found], int(world.time))[0]["ends_at"] == iso(found.record.expires_at)


def test_the_states_that_an_environment_goes_through(world: World) -> None:
    stack = world.create("pr-1", "30m")
    assert states(world) == {"pr-1": "creating"}
    world.settle(200)
    assert states(world) == {"pr-1": "active"}
    world.update(stack, version=None)
    assert states(world) == {"pr-1": "updating"}
    world.settle(1_900)
    assert states(world) == {"pr-1": "expired"}
    change(world, "pr-1", state="deleting")
    assert states(world) == {"pr-1": "deleting"}
    stack.deletions_to_fail = 1
    world.begin_deletion(stack, by="user")
    assert states(world) == {"pr-1": "deleting"}
    world.settle(300)
    assert states(world) == {"pr-1": "delete failed"}
    world.begin_deletion(stack, by="user")
    world.settle(300)
    assert states(world) == {"pr-1": "no stack"}


def test_a_creation_that_failed(world: World) -> None:
    world.create("pr-1", "8h", creation_fails=True)
    world.settle(300)
    assert states(world) == {"pr-1": "create failed"}


def test_stacks_without_a_record_and_records_without_a_stack_are_marked(world: World) -> None:
    first = world.create("pr-1", "8h")
    world.create("pr-2", "8h")
    world.create("pr-3", "8h")
    world.settle(200)
    change(world, "pr-3", stack_id="of another stack")
    del world.table.items["pr-2"]
    del world.stacks[first.stack_id]
    world._past.clear()
    for stack in world.stacks.values():
        world.remember(stack)
    assert states(world) == {"pr-1": "no stack", "pr-2": "no record", "pr-3": "no record"}
    found = in_order(list(listed(world).values()))
    told = "\n".join(notes(found, int(world.time)))
    assert "pr-1: its record has no stack" in told
    assert "pr-2: the registry has no record of its stack" in told
    ends = {each.environment: each.lifetime() for each in found}
    assert ends["pr-1"] is None
    assert ends["pr-2"] is not None
    assert ends["pr-2"].ends_at == int(world.live("pr-2").created_at) + 8 * HOUR  # type: ignore[union-attr]


def test_what_can_not_be_read_is_listed_with_the_reason(world: World) -> None:
    strange = world.create("pr-1", "8h")
    world.create("pr-2", "8h")
    world.create("pr-3", "8h")
    world.settle(200)
    strange.tags["mockenv:ttl"] = "soon"
    world.remember(strange)
    world.table.items["pr-2"]["generation"] = {"S": "x"}
    world.table.items["pr-9"] = {"environment": {"S": "pr-9"}}
    found = listed(world)
    assert "its tag mockenv:ttl is no TTL" in (found["pr-1"].problem or "")
    assert "record: generation is 'x'" in (found["pr-2"].problem or "")
    assert found["pr-9"].problem
    assert found["pr-3"].problem is None
    data = as_data(in_order(list(found.values())), int(world.time))
    assert [each["state"] for each in data] == ["active", *["unreadable"] * 3]


def test_foreign_stacks_are_not_ours(world: World) -> None:
    ours = world.create("pr-1", "8h")
    foreign = replace(ours, stack_id=world.new_stack_id("shop"), name="shop", tags={})
    world.add(foreign)
    nested = replace(ours, stack_id=world.new_stack_id("n"), name="n", parent=ours.stack_id)
    world.add(nested)
    assert set(listed(world)) == {"pr-1"}


def test_what_ends_first_comes_first_and_numbers_count(world: World) -> None:
    for name, ttl in {"int": "never", "pr-10": "8h", "pr-9": "8h", "pr-2": "2d"}.items():
        world.create(name, ttl)
    world.settle(200)
    change(world, "pr-2", is_pinned=True)
    found = in_order(list(listed(world).values()))
    assert [each.environment for each in found] == ["pr-9", "pr-10", "int", "pr-2"]
    lines = as_text(found, int(world.time)).splitlines()
    assert lines[0].split() == ["ENVIRONMENT", "STATE", "ENDS", "OWNER", "AGE", "URL"]
    assert lines[1].split()[:5] == ["pr-9", "active", "in", "7", "h"]
    assert "never" in lines[3]
    assert "pinned" in lines[4]
    assert lines[4].endswith("https://abc.execute-api.eu-central-1.amazonaws.com")


def test_a_thousand_environments_take_one_pass_over_the_stacks_and_a_scan(world: World) -> None:
    world.page, world.table.page = 50, 2_000
    for number in range(1, 1_001):
        world.create(f"pr-{number}", "8h")
    world.settle(200)
    gate = Counting()
    assert len(listed(world, gate)) == 1_000
    assert gate.calls == {"ListStacks": 20, "Scan": 1}


def test_every_state_has_a_word_of_its_own() -> None:
    assert len({str(each) for each in State}) == len(State)
