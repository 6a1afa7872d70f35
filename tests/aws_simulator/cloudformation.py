"""CloudFormation: what an environment's template makes of creates, updates and deletions."""

from typing import TYPE_CHECKING, Any

from aws_simulator.actor import Gate, refused
from aws_simulator.stacks import GONE, NOT_DELETABLE, Ask, Operation, Removal, SimulatedStack, Wait

if TYPE_CHECKING:
    from aws_simulator.world import World


def creation(world: "World", stack: SimulatedStack) -> Operation:
    """Bucket, registration, service; rolled back if one fails."""
    yield Wait(10)
    world.storage.buckets[stack.bucket] = world.new_bucket()
    succeeded = yield Ask("Create")
    stack.registered = True
    if succeeded:
        yield Wait(40)
        stack.tasks = 1
        succeeded = not stack.creation_fails
    if succeeded:
        stack.status = "CREATE_COMPLETE"
    else:
        yield from _rollback(world, stack)


def _rollback(world: "World", stack: SimulatedStack) -> Operation:
    stack.status = "ROLLBACK_IN_PROGRESS"
    is_gone = yield from _removal(world, stack)
    stack.status = "ROLLBACK_COMPLETE" if is_gone else "ROLLBACK_FAILED"


def update(stack: SimulatedStack, properties: dict[str, str]) -> Operation:
    """Call the registration if its properties changed, and not otherwise (CloudFormation user
    guide, "Custom resources"); go back to the former ones if it fails.
    """
    former = stack.properties
    yield Wait(20)
    if properties != former:
        stack.properties = properties
        if not (yield Ask("Update")):
            stack.status = "UPDATE_ROLLBACK_IN_PROGRESS"
            stack.properties = former
            succeeded = yield Ask("Update")
            stack.status = "UPDATE_ROLLBACK_COMPLETE" if succeeded else "UPDATE_ROLLBACK_FAILED"
            return
    stack.status = "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"
    yield Wait(10)
    stack.status = "UPDATE_COMPLETE"


def deletion(
    world: "World", stack: SimulatedStack, *, is_quick: bool, is_forced: bool
) -> Operation:
    """Delete what there is; what remains makes the deletion fail, unless it is left on purpose."""
    yield Wait(2 if is_quick else 10)
    is_gone = yield from _removal(world, stack)
    if is_gone and stack.deletions_to_fail > 0:
        stack.deletions_to_fail -= 1
        is_gone = False
    if is_gone or is_forced:
        world.resources_deleted(stack)
        stack.status = GONE
    else:
        stack.status = "DELETE_FAILED"
        stack.deletions_failed += 1


def _removal(world: "World", stack: SimulatedStack) -> Removal:
    """In the order that the template demands: tasks, what the registration emptied, the bucket.

    Draining takes time (aws-cdk#31529). "The bucket you tried to delete is not empty" is how
    deletions fail most (aws-cdk#20660, #21776).
    """
    if stack.tasks:
        yield Wait(20)
        stack.tasks = 0
    if stack.registered:
        if not (yield Ask("Delete")):
            return False
        stack.registered = False
    if stack.writes_late and stack.bucket in world.storage.buckets:
        stack.writes_late = False
        world.storage.put(stack.bucket, "late")
    bucket = world.storage.buckets.get(stack.bucket)
    if bucket is not None and bucket.versions:
        return False
    world.storage.buckets.pop(stack.bucket, None)
    return True


class CloudFormation:
    """The client. `by` is who calls, for the world to judge deletions by."""

    def __init__(self, world: "World", gate: Gate, by: str) -> None:
        self._world = world
        self._gate = gate
        self._by = by

    def describe_stacks(self, *, StackName: str = "", NextToken: str = "") -> dict[str, Any]:  # noqa: N803
        if StackName:
            return self._gate("DescribeStacks", lambda: self._one(StackName))
        return self._gate("ListStacks", lambda: self._page(int(NextToken or 0)))

    def _one(self, name_or_id: str) -> dict[str, Any]:
        stack = self._world.find(name_or_id)
        if stack is None:
            message = f"Stack with id {name_or_id} does not exist"
            raise refused("DescribeStacks", "ValidationError", message)
        return {"Stacks": [stack.description()]}

    def _page(self, start: int) -> dict[str, Any]:
        """Deleted stacks are not listed (CloudFormation API, DescribeStacks)."""
        listed = [stack for stack in self._world.listed() if stack.status != GONE]
        end = start + self._world.page
        more = {"NextToken": str(end)} if end < len(listed) else {}
        return {"Stacks": [stack.description() for stack in listed[start:end]]} | more

    def delete_stack(
        self,
        *,
        StackName: str,  # noqa: N803
        DeletionMode: str = "STANDARD",  # noqa: N803
        **_: Any,
    ) -> None:
        asked_at = self._world.monotonic
        is_forced = DeletionMode == "FORCE_DELETE_STACK"
        self._gate("DeleteStack", lambda: self._delete(StackName, asked_at, is_forced))

    def _delete(self, name_or_id: str, asked_at: float, is_forced: bool) -> None:
        if self._world.monotonic - asked_at > self._world.call_timeout_seconds:
            raise refused("DeleteStack", "RequestExpired", "the request came too late")
        stack = self._world.find(name_or_id)
        if stack is None or stack.status in {GONE, "DELETE_IN_PROGRESS"}:
            return  # no error (CloudFormation API, DeleteStack)
        if stack.is_protected:
            message = (
                f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled"
            )
            raise refused("DeleteStack", "ValidationError", message)
        if stack.status in NOT_DELETABLE:
            message = f"Stack [{stack.stack_id}] cannot be deleted while in status {stack.status}"
            raise refused("DeleteStack", "ValidationError", message)
        if is_forced and stack.status != "DELETE_FAILED":
            # "only" a stack whose deletion failed (CloudFormation API, DeleteStack: DeletionMode)
            message = "DeletionMode can only be specified for a stack in DELETE_FAILED"
            raise refused("DeleteStack", "ValidationError", message)
        self._world.begin_deletion(stack, by=self._by, is_forced=is_forced)

    def list_stack_resources(self, *, StackName: str) -> dict[str, Any]:  # noqa: N803
        return self._gate(
            "ListStackResources",
            lambda: {"StackResourceSummaries": self._resources(self._world.stacks[StackName])},
        )

    def _resources(self, stack: SimulatedStack) -> list[dict[str, Any]]:
        """List those of deleted stacks too, by id (CloudFormation API, ListStackResources)."""
        has_bucket = stack.bucket in self._world.storage.buckets
        return [
            _summary("Service", "AWS::ECS::Service", stack.service, stack, bool(stack.tasks)),
            _summary("Bucket", "AWS::S3::Bucket", stack.bucket, stack, has_bucket),
        ]


def _summary(
    logical_id: str, kind: str, physical_id: str, stack: SimulatedStack, is_there: bool
) -> dict[str, Any]:
    """Describe a resource; what a forced deletion leaves is skipped (user guide, "Delete a stack
    from the CloudFormation console").
    """
    status = "CREATE_COMPLETE"
    if not is_there:
        status = "DELETE_COMPLETE"
    elif stack.status in {"DELETE_FAILED", GONE}:
        status = "DELETE_FAILED" if stack.status == "DELETE_FAILED" else "DELETE_SKIPPED"
    reason = {"ResourceStatusReason": "it is not empty"} if status == "DELETE_FAILED" else {}
    return {
        "LogicalResourceId": logical_id,
        "ResourceType": kind,
        "PhysicalResourceId": physical_id,
        "ResourceStatus": status,
    } | reason
