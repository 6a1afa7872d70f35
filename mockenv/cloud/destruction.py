"""Deletes an environment on a person's word: one call by the stack's id, then watching."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from mockenv.cloud.deletable import BEING_DELETED, stack_status
from mockenv.cloud.stack_resources import FAILED, GONE, SKIPPED, Resource, stack_resources
from mockenv.errors import MockenvError
from ttl_cleanup.emptying import empty_bucket
from ttl_cleanup.environment_stack import environment_stack
from ttl_cleanup.reaper.stack import DELETE_FAILED, Stack

POLL_SECONDS = 5.0
BEGINS_WITHIN_SECONDS = 2.0  # or the status may still be that of a deletion that failed before
FORCED = {"DeletionMode": "FORCE_DELETE_STACK"}
SERVICE = "AWS::ECS::Service"
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Progress:
    """How far a deletion has come."""

    status: str
    resources: tuple[Resource, ...]

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.status in {GONE, DELETE_FAILED}

    def __str__(self) -> str:
        if self.status == GONE:
            return "the stack is gone"
        ended = [each for each in self.resources if each.status in {GONE, SKIPPED}]
        going = [each.logical_id for each in self.resources if each.status == BEING_DELETED]
        now = f"; deleting {', '.join(going)}" if going else ""
        return f"{len(ended)} of {len(self.resources)} resources are gone{now}"


@dataclass(frozen=True)
class Destruction:
    """Deletes one stack. `cloudformation`, `s3` and `ecs` are boto3 clients, `tell` takes a line
    for people, `clock` gives seconds, `wait` lets them pass.
    """

    stack: Stack
    project: str
    cloudformation: Any
    s3: Any
    ecs: Any
    tell: Tell
    clock: Callable[[], float]
    wait: Callable[[float], None]

    def carry_out(self, *, force: bool, wait_seconds: float) -> Progress:
        """Delete, and wait until nothing more will happen.

        With `force`, a deletion that fails is repeated leaving out what fails. Raises MockenvError
        if the time is over before.
        """
        deadline = self.clock() + wait_seconds
        if self.stack.has_failed_deletion:
            self._unblock()
        if self.stack.status != BEING_DELETED:
            self._ask()
        seen = self._watch(deadline)
        if force and seen.status == DELETE_FAILED:
            self.tell("the deletion failed; once more, leaving out what can't be deleted")
            self._ask(**FORCED)
            seen = self._watch(deadline)
        return seen

    def _ask(self, **mode: str) -> None:
        """Delete by id, so that a later stack of its name can't be meant; the token makes a call
        that boto3 repeats the same call.
        """
        token = uuid.uuid4().hex
        self.cloudformation.delete_stack(
            StackName=self.stack.stack_id, ClientRequestToken=token, **mode
        )

    def _watch(self, deadline: float) -> Progress:
        self.wait(BEGINS_WITHIN_SECONDS)
        seen = self._look()
        self.tell(f"  {seen}")
        while not seen.is_over:
            if self.clock() >= deadline:
                raise _takes_too_long(self.stack)
            self.wait(POLL_SECONDS)
            now = self._look()
            if now != seen:
                self.tell(f"  {now}")
            seen = now
        return seen

    def _look(self) -> Progress:
        status = stack_status(self.cloudformation, self.stack.stack_id)
        resources = stack_resources(self.cloudformation, self.stack.stack_id)
        return Progress(status, tuple(resources))

    def _unblock(self) -> None:
        """Remove what most often makes deletions fail: running tasks, objects in the bucket."""
        for each in stack_resources(self.cloudformation, self.stack.stack_id):
            if each.kind == SERVICE and each.status != GONE:
                self._stop(each.physical_id)
        bucket = environment_stack(self.stack.stack_id, self.project).bucket
        empty_bucket(self.s3, bucket, is_time_up=lambda: False)

    def _stop(self, service: str) -> None:
        try:
            self.ecs.update_service(cluster=service.split("/")[-2], service=service, desiredCount=0)
        except ClientError as error:
            self.tell(f"  the service was not stopped: {error}")


def failures(resources: Sequence[Resource]) -> list[str]:
    """Say of each resource that could not be deleted why."""
    failed = [each for each in resources if each.status == FAILED]
    return [f"{each.name}: {each.reason or 'no reason given'}" for each in failed]


def _takes_too_long(stack: Stack) -> MockenvError:
    return MockenvError(
        f"the stack of {stack.environment} is still being deleted; that goes on without this "
        "command",
        next_step=f"look again: mockenv destroy {stack.environment} goes on waiting, with --wait "
        "for longer",
    )
