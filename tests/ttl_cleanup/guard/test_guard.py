from typing import Any

import pytest

from aws_simulator.actor import Gate, open_gate, refused
from aws_simulator.cloudformation import CloudFormation
from aws_simulator.programs import OWNER, new_world
from aws_simulator.world import World
from ttl_cleanup.guard.guard import Guard

DELETE = {"RequestType": "Delete", "LogicalResourceId": "Guard1234"}


def guard(world: World, gate: Gate = open_gate) -> Guard:
    return Guard(OWNER, CloudFormation(world, gate, "guard"))


def test_a_stack_without_environments_may_go() -> None:
    world = new_world()
    stack = world.create("pr-1", "30m")
    world.settle(200)
    world.begin_deletion(stack, by="user")
    world.settle(200)
    assert guard(world).answer(DELETE).succeeded is True


def test_environments_keep_it_and_are_named_with_the_way_out() -> None:
    world = new_world()
    for number in range(1, 13):
        world.create(f"pr-{number}", "30m")
    world.create("int", "never")
    world.settle(200)
    answer = guard(world).answer(DELETE)
    assert answer.succeeded is False
    assert answer.reason.startswith("13 environments would never be deleted: mockenv-payments-env-")
    assert " …." in answer.reason
    assert "cdk destroy -c env=" in answer.reason
    assert "--retain-resources Guard1234" in answer.reason
    assert len(answer.reason) < 700


@pytest.mark.parametrize("status", ["CREATE_IN_PROGRESS", "DELETE_FAILED", "ROLLBACK_COMPLETE"])
def test_an_environment_in_any_state_counts(status: str) -> None:
    world = new_world()
    stack = world.create("pr-1", "30m")
    stack.status = status
    world.remember(stack)
    assert guard(world).answer(DELETE).succeeded is False


def test_what_can_not_be_found_out_keeps_it() -> None:
    def closed(call: str, _effect: Any, /) -> Any:
        raise refused(call, "AccessDenied", "not authorized")

    answer = guard(new_world(), closed).answer(DELETE)
    assert answer.succeeded is False
    assert "it can't be told" in answer.reason


@pytest.mark.parametrize("kind", ["Create", "Update"])
def test_only_a_deletion_is_looked_at(kind: str) -> None:
    world = new_world()
    world.create("pr-1", "30m")
    assert guard(world).answer({"RequestType": kind}).succeeded is True
