"""A thousand stacks that are not ours, or not fit to be deleted: none is touched."""

import copy
from dataclasses import replace
from random import Random

import pytest

from aws_simulator import programs
from aws_simulator.account import ACCOUNT, PROJECT, REGION
from aws_simulator.actor import open_gate
from aws_simulator.stacks import SimulatedStack
from aws_simulator.world import World
from ttl_cleanup.reaper.run import run, run_one

CANARIES = 1_000
DAY = 86_400
OWN_PLACE = f"{REGION}:{ACCOUNT}"
STATUSES = [
    "CREATE_COMPLETE",
    "UPDATE_COMPLETE",
    "ROLLBACK_COMPLETE",
    "UPDATE_ROLLBACK_FAILED",
    "DELETE_FAILED",
]


def own_tags(number: int, **changes: str) -> dict[str, str]:
    tags = {"project": PROJECT, "environment": f"pr-{number}", "ttl": "15m"} | changes
    return {f"mockenv:{key}": value for key, value in tags.items()}


def named(
    number: int, name: str, tags: dict[str, str], place: str = OWN_PLACE, **changes: object
) -> SimulatedStack:
    stack_id = (
        f"arn:aws:cloudformation:{place}:stack/{name}/{number:08x}-0000-0000-0000-000000000007"
    )
    stack = SimulatedStack(stack_id, name, tags, "a-bucket", 0.0, status=STATUSES[number % 5])
    return replace(stack, **changes)  # type: ignore[arg-type]


def canary(number: int, chances: Random) -> SimulatedStack:
    """Return a stack like an environment's that is long over, but for one thing."""
    name = f"mockenv-{PROJECT}-env-pr-{number}"
    tags = own_tags(number)
    missing = chances.choice([*tags])
    without = {key: value for key, value in tags.items() if key != missing}
    kinds = [
        named(number, f"production-{number}", {}),
        named(number, f"mockenv-{PROJECT}-network-{number}", {"mockenv:project": PROJECT}),
        named(number, f"mockenv-billing-env-pr-{number}", own_tags(number, project="billing")),
        named(number, name, own_tags(number, project="billing")),
        named(number, name, own_tags(number, environment=f"pr-{number + 1}")),
        named(number, name, without),
        named(number, name, {}),
        named(number, name, own_tags(number, ttl=chances.choice(["", "8", "0h", "-1h", "8 h"]))),
        named(number, name, own_tags(number, ttl="never"), status="CREATE_COMPLETE"),
        named(number, name, tags, is_protected=True),
        named(number, name, tags, parent="arn:aws:cloudformation:parent"),
        named(number, name, tags, place=f"us-east-1:{ACCOUNT}"),
        named(number, name, tags, place=f"{REGION}:210987654321"),
        named(number, f"{name}-copy", tags),
        named(number, f"x{name}", tags),
        named(number, name.upper(), tags),
        named(number, name, tags, status="UPDATE_IN_PROGRESS"),
        named(number, name, tags, status="REVIEW_IN_PROGRESS"),
    ]
    return chances.choice(kinds)


@pytest.fixture
def world() -> World:
    world = World(lambda _event, _gate: True)
    world.page = 50
    chances = Random(5)  # noqa: S311 (the same canaries in every run)
    for number in range(1, CANARIES + 1):
        world.add(canary(number, chances))
    return world


def test_no_canary_is_touched(world: World) -> None:
    before = copy.deepcopy(world.stacks)
    assert len(before) == CANARIES
    for _ in range(10):
        context = programs.reaper(world, open_gate)
        run(context)
        for stack_id in world.stacks:
            run_one(context, stack_id)
        world.advance(DAY / 4)
    assert world.deletions == []
    assert world.stacks == before
    gone = [subject for _, subject, _ in world.messages if "gone" in subject]
    assert gone == []


def test_the_canaries_differ_from_what_is_deleted_by_one_thing_only(world: World) -> None:
    """Without their one difference they would be deleted: the test above could fail."""
    own = named(7_000, f"mockenv-{PROJECT}-env-pr-7000", own_tags(7_000))
    world.add(replace(own, status="CREATE_COMPLETE"))
    for _ in range(3):
        run(programs.reaper(world, open_gate))
        world.advance(DAY / 4)
    assert [stack_id for _, stack_id, _ in world.deletions] == [own.stack_id]
