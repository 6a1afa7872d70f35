"""Deleting on a person's word, in the simulated world: what goes, what fails, what stays."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from aws_simulator import programs
from aws_simulator.actor import open_gate
from aws_simulator.cloudformation import CloudFormation
from aws_simulator.others import Ecs, Tagging
from aws_simulator.s3 import S3
from aws_simulator.stacks import SimulatedStack
from aws_simulator.world import World
from mockenv.cloud.deletable import look_again, require_deletable
from mockenv.cloud.destruction import Destruction, Progress
from mockenv.cloud.destruction_report import Outcome, what_goes
from mockenv.cloud.lifetimes import find_stack
from mockenv.cloud.stack_resources import Resource, left_over, stack_resources
from mockenv.errors import ExitCode, MockenvError
from ttl_cleanup.reaper.leftovers import tagged


@dataclass
class Person:
    """Somebody at a terminal of the simulated world."""

    world: World
    told: list[str] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None

    @property
    def cloudformation(self) -> CloudFormation:
        return CloudFormation(self.world, open_gate, "person")

    def target(self) -> Any:
        return find_stack(self.cloudformation, "payments", "pr-1")

    def destroy(self, *, force: bool = False, wait_seconds: float = 1_800) -> Outcome:
        stack = self.target()
        require_deletable(stack)
        destruction = Destruction(
            stack,
            "payments",
            self.cloudformation,
            S3(self.world.storage, open_gate),
            Ecs(self.world, open_gate),
            tell=self.told.append,
            clock=lambda: self.world.time,
            wait=self._wait,
        )
        progress = destruction.carry_out(force=force, wait_seconds=wait_seconds)
        arns = tagged(Tagging(self.world, open_gate), "payments", "pr-1")
        return Outcome(stack, progress, left_over(arns, stack, progress.resources))

    def _wait(self, seconds: float) -> None:
        self.meanwhile()
        self.world.settle(seconds, step_seconds=1)


@pytest.fixture
def world() -> World:
    return programs.new_world()


@pytest.fixture
def stack(world: World) -> SimulatedStack:
    created = world.create("pr-1", "8h")
    world.settle(200)
    return created


def test_all_of_it_goes_though_aws_still_lists_it_by_its_tags(
    world: World, stack: SimulatedStack
) -> None:
    person = Person(world)
    outcome = person.destroy()
    assert tagged(Tagging(world, open_gate), "payments", "pr-1")
    assert outcome.is_gone
    outcome.require_gone()
    assert stack.status == "DELETE_COMPLETE"
    assert person.told[0] == "  0 of 2 resources are gone"
    assert person.told[-1] == "  the stack is gone"
    assert world.deletions[0][1:] == (stack.stack_id, "person")


@pytest.mark.usefixtures("stack")
def test_what_is_shown_before(world: World) -> None:
    person = Person(world)
    target = person.target()
    shown = what_goes(target, stack_resources(person.cloudformation, target.stack_id))
    assert "mockenv-payments-env-pr-1 (CREATE_COMPLETE)" in shown
    assert "1 ECS::Service, 1 S3::Bucket" in shown


def test_a_deletion_that_fails_says_what_held_it(world: World, stack: SimulatedStack) -> None:
    stack.writes_late = True
    outcome = Person(world).destroy()
    assert outcome.as_data()["stack_status"] == "DELETE_FAILED"
    assert outcome.as_data()["failed"] == [f"AWS::S3::Bucket {stack.bucket}: it is not empty"]
    with pytest.raises(MockenvError, match="it is not empty") as caught:
        outcome.require_gone()
    assert caught.value.exit_code == ExitCode.LEFT_OVER
    assert "mockenv destroy pr-1 --force" in caught.value.next_step


def test_the_second_try_empties_the_bucket_first(world: World, stack: SimulatedStack) -> None:
    stack.writes_late = True
    Person(world).destroy()
    assert Person(world).destroy().is_gone
    assert stack.bucket not in world.storage.buckets


def test_force_leaves_behind_what_fails_and_names_it(world: World, stack: SimulatedStack) -> None:
    stack.writes_late = True
    person = Person(world)
    outcome = person.destroy(force=True)
    assert stack.status == "DELETE_COMPLETE"
    assert any("once more, leaving out" in line for line in person.told)
    assert outcome.left_over == [f"AWS::S3::Bucket {stack.bucket}"]
    with pytest.raises(MockenvError, match="are left over") as caught:
        outcome.require_gone()
    assert caught.value.exit_code == ExitCode.LEFT_OVER


@pytest.mark.usefixtures("stack")
def test_force_is_not_used_when_there_is_no_need(world: World) -> None:
    person = Person(world)
    assert person.destroy(force=True).is_gone
    assert len(world.deletions) == 1


def test_a_deletion_under_way_is_only_watched(world: World, stack: SimulatedStack) -> None:
    world.begin_deletion(stack, by="reaper")
    assert Person(world).destroy().is_gone
    assert [by for _, _, by in world.deletions] == ["reaper"]


def test_a_protected_one_says_how(world: World) -> None:
    world.create("pr-1", "never")
    world.settle(200)
    with pytest.raises(MockenvError, match="is protected against deletion") as caught:
        Person(world).destroy()
    step = caught.value.next_step
    assert "--no-enable-termination-protection" in step
    assert "--stack-name mockenv-payments-env-pr-1 --region eu-central-1" in step
    assert world.deletions == []


def test_an_update_is_waited_for_by_people(world: World, stack: SimulatedStack) -> None:
    world.update(stack, version=None)
    with pytest.raises(MockenvError, match="is UPDATE_IN_PROGRESS, and can't be deleted"):
        Person(world).destroy()


def test_a_creation_may_be_ended(world: World) -> None:
    world.create("pr-1", "8h")
    assert Person(world).destroy().is_gone


def test_a_deploy_while_people_were_asked(world: World, stack: SimulatedStack) -> None:
    person = Person(world)
    target = person.target()
    look_again(person.cloudformation, target)
    world.update(stack, version=None)
    with pytest.raises(MockenvError, match="was CREATE_COMPLETE and is UPDATE_IN_PROGRESS now"):
        look_again(person.cloudformation, target)


@pytest.mark.usefixtures("stack")
def test_waiting_has_an_end(world: World) -> None:
    with pytest.raises(MockenvError, match="is still being deleted") as caught:
        Person(world).destroy(wait_seconds=10)
    assert "mockenv destroy pr-1" in caught.value.next_step


def resource(physical_id: str, status: str = "DELETE_COMPLETE", kind: str = "AWS::X") -> Resource:
    return Resource("Logical", kind, physical_id, status, "")


ACCOUNT = "eu-central-1:123456789012"


@pytest.mark.parametrize(
    ("arn", "physical_id"),
    [
        ("arn:aws:s3:::mockenv-shop-pr-7-1", "mockenv-shop-pr-7-1"),
        (
            f"arn:aws:logs:{ACCOUNT}:log-group:/mockenv/shop/pr-7/tasks:*",
            "/mockenv/shop/pr-7/tasks",
        ),
        (f"arn:aws:lambda:{ACCOUNT}:function:tokens", "tokens"),
        ("arn:aws:apigateway:eu-central-1::/apis/abc123", "abc123"),
        (f"arn:aws:ecs:{ACCOUNT}:service/c/s", f"arn:aws:ecs:{ACCOUNT}:service/c/s"),
    ],
)
def test_what_cloudformation_deleted_is_not_left_over(
    world: World, stack: SimulatedStack, arn: str, physical_id: str
) -> None:
    target = Person(world).target()
    assert stack
    assert left_over([arn], target, [resource(physical_id)]) == []
    assert left_over([arn], target, [resource(physical_id + "x"), resource("")]) == [arn]
    assert left_over([target.stack_id, f"arn:aws:ecs:{ACCOUNT}:task/c/1"], target, []) == []


def test_progress_names_what_goes_on() -> None:
    going = Resource("Service", "AWS::ECS::Service", "s", "DELETE_IN_PROGRESS", "")
    progress = Progress("DELETE_IN_PROGRESS", (going, resource("a"), resource("b", "X")))
    assert str(progress) == "1 of 3 resources are gone; deleting Service"
