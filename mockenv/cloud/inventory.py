"""All environments of a project: one pass over the stacks, one over the registry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mockenv.cloud.lifetimes import Lifetime, lifetime, owner_of
from mockenv.names import TAG_ENVIRONMENT, TAG_OWNER, environment_stack_prefix
from ttl_cleanup.reaper.owner import IDENTITY_CHECKS, tags
from ttl_cleanup.reaper.stack import GONE, Stack, UnreadableStackError, read_stack
from ttl_cleanup.reaper.transitions import adopted
from ttl_cleanup.registry.record import Record
from ttl_cleanup.registry.table import RegistryTable, UnreadableItem


@dataclass(frozen=True)
class Listed:
    """An environment by its stack, its record, or both.

    `record` is that of this very stack, or one without a stack. `problem` says why one of the two
    can't be read; then the reaper touches neither. `load_balancer` is the number of the shared one
    that serves it, None where its stack has one of its own or does not say so; `target_groups` is
    how many it has there, two if it is blue-green.
    """

    environment: str
    stack: Stack | None = None
    record: Record | None = None
    url: str | None = None
    owner: str | None = None
    created_at: int | None = None
    load_balancer: int | None = None
    target_groups: int = 1
    problem: str | None = None

    def lifetime(self) -> Lifetime | None:
        """Return when it ends; without a record, as the reaper's own would say."""
        if self.stack is None:
            return None
        record = self.record or adopted(None, self.stack, self.stack.changed_at)
        return lifetime(record, self.stack) if record else None


def inventory(cloudformation: Any, registry: RegistryTable, project: str) -> list[Listed]:
    """List all environments, in no order; `cloudformation` is a boto3 client.

    Of stacks, one page of descriptions is in memory at a time.
    """
    records, unreadable = _records(registry)
    found = [with_record(each, records, unreadable) for each in _stacks(cloudformation, project)]
    seen = {each.environment for each in found}
    found += [_without_stack(record) for name, record in records.items() if name not in seen]
    missing = unreadable.keys() - seen
    return found + [Listed(name, problem=f"record: {unreadable[name]}") for name in missing]


def _records(registry: RegistryTable) -> tuple[dict[str, Record], dict[str, str]]:
    records: dict[str, Record] = {}
    unreadable: dict[str, str] = {}
    for found in registry.all():
        if isinstance(found, UnreadableItem):
            unreadable[found.environment] = found.reason
        else:
            records[found.environment] = found
    return records, unreadable


def _stacks(cloudformation: Any, project: str) -> Iterator[Listed]:
    start: dict[str, str] = {}
    while True:
        page = cloudformation.describe_stacks(**start)
        listed = (read_listed(description, project) for description in page["Stacks"])
        yield from (each for each in listed if each is not None)
        if "NextToken" not in page:
            return
        start = {"NextToken": page["NextToken"]}


def read_listed(description: Mapping[str, Any], project: str) -> Listed | None:
    """Read what DescribeStacks says of a stack; None for one that is no environment's."""
    try:
        stack = read_stack(description, owner_of(description, project), IDENTITY_CHECKS)
    except UnreadableStackError as error:
        return Listed(_claimed_name(description, project), problem=str(error))
    if stack is None or stack.status == GONE:
        return None
    outputs = {entry["OutputKey"]: entry["OutputValue"] for entry in description.get("Outputs", [])}
    return Listed(
        stack.environment,
        stack,
        url=outputs.get("Url"),
        owner=tags(description).get(TAG_OWNER),
        created_at=int(description["CreationTime"].timestamp()),
        load_balancer=_number(outputs.get("LoadBalancer", "")),
        target_groups=_number(outputs.get("TargetGroups", "")) or 1,
    )


def _number(output: str) -> int | None:
    return int(output) if output.isdigit() else None


def _claimed_name(description: Mapping[str, Any], project: str) -> str:
    name = str(description["StackName"])
    fallback = name.removeprefix(environment_stack_prefix(project))
    return tags(description).get(TAG_ENVIRONMENT, fallback)


def with_record(
    listed: Listed, records: Mapping[str, Record], unreadable: Mapping[str, str]
) -> Listed:
    """Add to a stack its own record, or why that can't be read; both are by environment."""
    if listed.environment in unreadable:
        problem = listed.problem or f"record: {unreadable[listed.environment]}"
        return replace(listed, stack=None, problem=problem)
    record = records.get(listed.environment)
    if listed.stack is None or record is None or record.stack_id != listed.stack.stack_id:
        return listed
    url, owner = listed.url or record.url, listed.owner or record.owner
    return replace(listed, record=record, url=url, owner=owner)


def _without_stack(record: Record) -> Listed:
    return Listed(
        record.environment,
        record=record,
        url=record.url,
        owner=record.owner,
        created_at=record.created_at,
    )
