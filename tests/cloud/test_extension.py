"""Extending in the simulated world: what others do at the same time, and what is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import pytest

from aws_simulator import programs
from aws_simulator.actor import Fate, carried_out, open_gate
from aws_simulator.cloudformation import CloudFormation
from aws_simulator.stacks import SimulatedStack
from aws_simulator.world import World
from mockenv.cloud.extension import Extension, Wish, extend
from mockenv.cloud.extension_report import as_text
from mockenv.cloud.lifetimes import find_stack
from mockenv.errors import ExitCode, MockenvError
from ttl_cleanup.reaper.run import run

T = TypeVar("T")
HOUR = 3_600


@dataclass
class Meddler:
    """Does something once, right before the first write."""

    deed: Callable[[], None] = lambda: None
    fate: Fate = Fate.DONE
    writes: list[str] = field(default_factory=list)

    def __call__(self, call: str, effect: Callable[[], T], /) -> T:
        if call != "PutItem":
            return effect()
        self.writes.append(call)
        if len(self.writes) > 1:
            return effect()
        self.deed()
        return carried_out(self.fate, call, effect)


@pytest.fixture
def world() -> World:
    return programs.new_world()


@pytest.fixture
def stack(world: World) -> SimulatedStack:
    created = world.create("pr-1", "8h")
    world.settle(200)
    return created


def ask(world: World, gate: Any = open_gate, **wish: Any) -> Extension:
    found = find_stack(CloudFormation(world, open_gate, "user"), "payments", "pr-1")
    registry = programs.registry(world, gate)
    return extend(registry, found, Wish(**wish), now=lambda: int(world.time))


def change(world: World, **changes: Any) -> None:
    def changed(record: Any) -> Any:
        return replace(record, generation=record.generation + 1, **changes)

    programs.registry(world, open_gate).change("pr-1", changed)


def ends_at(world: World) -> int:
    record = programs.registry(world, open_gate).read("pr-1")
    assert record is not None
    assert record.expires_at is not None
    return record.expires_at


@pytest.mark.usefixtures("stack")
def test_hours_count_from_the_end_it_has(world: World) -> None:
    before = ends_at(world)
    extension = ask(world, hours=4)
    assert (extension.before.ends_at, extension.after.ends_at) == (before, before + 4 * HOUR)
    assert ends_at(world) == before + 4 * HOUR
    told = extension.as_data()
    assert (told["environment"], told["changed"]) == ("pr-1", True)


@pytest.mark.usefixtures("stack")
def test_hours_count_from_now_if_its_time_is_over_already(world: World) -> None:
    world.settle(8 * HOUR + 100)
    ask(world, hours=0.5)
    assert ends_at(world) == int(world.time) + HOUR // 2


def test_an_end_that_the_stack_alone_gives_counts(world: World, stack: SimulatedStack) -> None:
    """A deploy that did not call the registration renewed it, in the reaper's eyes."""
    world.settle(2 * HOUR)
    assert world.update(stack, version=None)
    world.settle(100)
    updated_at = stack.updated_at
    assert updated_at is not None
    assert ask(world, hours=1).before.ends_at == int(updated_at) + 8 * HOUR
    assert ends_at(world) == int(updated_at) + 9 * HOUR


@pytest.mark.usefixtures("stack")
def test_a_time_that_is_earlier_shortens_nothing(world: World) -> None:
    before = ends_at(world)
    extension = ask(world, until=before - HOUR)
    assert extension.as_data()["changed"] is False
    assert "pr-1 ends no earlier as it is" in as_text(extension, int(world.time))
    assert ends_at(world) == before


@pytest.mark.usefixtures("stack")
def test_past_the_maximum_only_if_that_is_meant(world: World) -> None:
    before = ends_at(world)
    with pytest.raises(MockenvError, match="past its max_ttl") as caught:
        ask(world, hours=161)
    assert caught.value.exit_code == ExitCode.BAD_INPUT
    assert "--beyond-max" in caught.value.next_step
    assert ends_at(world) == before
    assert ask(world, hours=160).after.ends_at == before + 160 * HOUR
    assert ask(world, hours=1, beyond_max=True).after.ends_at == before + 161 * HOUR


@pytest.mark.usefixtures("stack")
def test_pin_and_unpin(world: World) -> None:
    pinned = ask(world, pin=True).after
    assert (pinned.is_pinned, pinned.ends_at) == (True, None)
    again = ask(world, pin=True)
    assert again.as_data()["changed"] is False
    assert as_text(again, int(world.time)).startswith("pr-1 is pinned already: nothing was")
    with pytest.raises(MockenvError, match="kept without end") as caught:
        ask(world, hours=4)
    assert "--unpin" in caught.value.next_step
    world.settle(20 * HOUR)
    assert ask(world, unpin=True).after.ends_at == int(world.time) + 8 * HOUR


@pytest.mark.usefixtures("stack")
def test_to_unpin_what_is_not_pinned_gives_no_time(world: World) -> None:
    before = ends_at(world)
    world.settle(HOUR)
    assert ask(world, unpin=True).as_data()["changed"] is False
    assert ends_at(world) == before


@pytest.mark.usefixtures("stack")
def test_a_race_that_is_lost_is_run_again(world: World) -> None:
    before = ends_at(world)
    meddler = Meddler(lambda: change(world, is_pinned=False, owner="somebody"))
    ask(world, meddler, hours=4)
    assert len(meddler.writes) == 2
    assert ends_at(world) == before + 4 * HOUR


@pytest.mark.usefixtures("stack")
def test_hours_do_not_count_twice_when_an_answer_is_lost(world: World) -> None:
    """boto3 repeats a write whose answer it did not get; that fails its own condition."""
    before = ends_at(world)
    ask(world, Meddler(fate=Fate.REPEATED), hours=4)
    assert ends_at(world) == before + 4 * HOUR


@pytest.mark.usefixtures("stack")
def test_somebody_elses_longer_extension_stays(world: World) -> None:
    before = ends_at(world)
    longer = Meddler(lambda: change(world, expires_at=before + 9 * HOUR))
    assert ask(world, longer, hours=4).after.ends_at == before + 9 * HOUR


@pytest.mark.usefixtures("stack")
def test_the_reaper_comes_first(world: World) -> None:
    """It fences between our read and our write: no half of each."""
    fence = Meddler(lambda: change(world, state="deleting", deletion_began_at=int(world.time)))
    with pytest.raises(MockenvError, match="is being deleted") as caught:
        ask(world, fence, hours=4)
    assert "deploy it again" in caught.value.next_step


def test_the_reaper_comes_second(world: World, stack: SimulatedStack) -> None:
    world.settle(7.9 * HOUR)
    run(programs.reaper(world, open_gate))
    world.settle(1_800)
    ask(world, hours=1)
    for _ in range(3):
        run(programs.reaper(world, open_gate))
        world.settle(300)
    assert stack.status == "CREATE_COMPLETE"
    assert world.deletions == []


def test_a_stack_that_is_being_deleted(world: World, stack: SimulatedStack) -> None:
    world.begin_deletion(stack, by="user")
    with pytest.raises(MockenvError, match="its stack is DELETE_IN_PROGRESS"):
        ask(world, hours=4)


def test_a_creation_that_failed(world: World) -> None:
    world.create("pr-1", "8h", creation_fails=True)
    world.settle(200)
    with pytest.raises(MockenvError, match="pr-1 was never created"):
        ask(world, pin=True)


def test_an_environment_without_end(world: World) -> None:
    world.create("pr-1", "never")
    world.settle(200)
    with pytest.raises(MockenvError, match="has no end"):
        ask(world, hours=4)


@pytest.mark.usefixtures("stack")
@pytest.mark.parametrize("stack_id", [None, "another"])
def test_what_has_no_record(world: World, stack_id: str | None) -> None:
    if stack_id:
        change(world, stack_id=stack_id)
    else:
        world.table.items.clear()
    with pytest.raises(MockenvError, match="pr-1 is not registered") as caught:
        ask(world, hours=4)
    assert "mockenv reap" in caught.value.next_step


@pytest.mark.parametrize(
    "wish", [Wish(), Wish(hours=1, pin=True), Wish(until=5, hours=1), Wish(pin=True, unpin=True)]
)
def test_one_wish_at_a_time(wish: Wish) -> None:
    with pytest.raises(MockenvError, match="exactly one of") as caught:
        wish.require_one()
    assert caught.value.exit_code == ExitCode.BAD_INPUT
