"""What the provider does for each kind of request; clients and time come from outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ttl_cleanup.answer import Answer
from ttl_cleanup.emptying import empty_bucket
from ttl_cleanup.environment_stack import EnvironmentStack, environment_stack
from ttl_cleanup.failure import RefusedError
from ttl_cleanup.registration import configuration
from ttl_cleanup.registration.deployment import lives_on, require_deployment
from ttl_cleanup.registration.request import Registration, registration
from ttl_cleanup.registry.changes import deleting, registered
from ttl_cleanup.registry.record import DELETING, Record, UnreadableRecordError
from ttl_cleanup.registry.table import RegistryTable
from ttl_cleanup.unexpected import answered


@dataclass(frozen=True)
class Provider:
    """Registers the environments of one project.

    `s3` and `cloudformation` are boto3 clients, `now` gives seconds since 1970, `log` takes one
    event with its fields, `log_name` is where people find them, `is_time_up` says when a long
    deletion has to end with an answer.
    """

    project: str
    s3: Any
    cloudformation: Any
    registry: RegistryTable
    now: Callable[[], int]
    is_time_up: Callable[[], bool]
    log: Callable[..., None]
    log_name: str

    def answer(self, event: Mapping[str, Any]) -> Answer:
        """Do what CloudFormation asks; whatever happens, there is an answer."""
        return answered(
            lambda: Answer(succeeded=True, reason=self._carry_out(event)),
            log=self.log,
            log_name=self.log_name,
        )

    def _carry_out(self, event: Mapping[str, Any]) -> str:
        if event.get("RequestType") == "Delete":
            return self._delete(event)
        if event.get("RequestType") in {"Create", "Update"}:
            return self._register(event)
        raise RefusedError("the request is neither Create, Update nor Delete")

    def _register(self, event: Mapping[str, Any]) -> str:
        stack = self._stack(event)
        wanted = registration(event.get("ResourceProperties") or {}, stack)
        configuration.require_bucket(self.s3, stack)
        now = self.now()
        self.registry.change(stack.environment, lambda old: self._registered(old, wanted, now))
        configuration.publish(self.s3, wanted)
        self.log("registered", environment=stack.environment, version=wanted.version)
        return f"environment {stack.environment} serves version {wanted.version}"

    def _registered(self, old: Record | None, wanted: Registration, now: int) -> Record:
        """Take back a deletion that has not begun; refuse one that has."""
        if old and old.state == DELETING and old.stack_id == wanted.stack.stack_id:
            require_deployment(self.cloudformation, wanted.stack)
            self.log("deletion_taken_back", environment=old.environment)
        return registered(old, wanted, now)

    def _delete(self, event: Mapping[str, Any]) -> str:
        """Delete what the stack's own id tells, trusting no property: Create may have failed."""
        try:
            stack = self._stack(event)
        except RefusedError as error:
            self.log("not_ours", reason=str(error))
            return "nothing was registered by this stack"
        if lives_on(self.cloudformation, stack):
            return f"stack {stack.stack_name} lives on, so nothing is emptied"
        now = self.now()
        try:
            self.registry.change(stack.environment, lambda old: deleting(old, stack, now))
        except UnreadableRecordError as error:  # must not keep a stack from being deleted
            self.log("unreadable", environment=stack.environment, reason=str(error))
        deleted = empty_bucket(self.s3, stack.bucket, is_time_up=self.is_time_up)
        self.log("emptied", environment=stack.environment, objects=deleted)
        return f"bucket {stack.bucket} is empty"

    def _stack(self, event: Mapping[str, Any]) -> EnvironmentStack:
        return environment_stack(str(event.get("StackId")), self.project)
