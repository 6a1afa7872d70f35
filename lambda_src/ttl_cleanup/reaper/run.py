"""One run of the reaper: list, decide, carry out, count."""

from collections.abc import Iterator

from ttl_cleanup.reaper.context import Context
from ttl_cleanup.reaper.decision import is_given_up
from ttl_cleanup.reaper.execution import carry_out
from ttl_cleanup.reaper.owner import Description
from ttl_cleanup.reaper.stack import GONE, Stack, UnreadableStackError, read_stack
from ttl_cleanup.reaper.steps import Step
from ttl_cleanup.registry.record import Record, UnreadableRecordError
from ttl_cleanup.registry.table import UnreadableItem

MOST_STEPS = 100
SECONDS_BETWEEN_RUNS = 300


def run(context: Context) -> None:
    """Move every environment one step on.

    Of stacks, one page is in memory at a time; of records, all, as a project has at most as many
    environments as an account has stacks. Raises what AWS raises when it can't be listed.
    """
    steps = list(plan(context))
    for step in _turn(steps, context.now()):
        if context.is_time_up():
            context.log("time_is_up", steps=len(steps))
            return
        carry_out(context, step)


def run_one(context: Context, stack_id: str) -> None:
    """Move the environment of one stack on; what an event says of the stack is not believed."""
    description = context.describe(stack_id)
    stack = _readable(context, description) if description else None
    if stack is None:
        return
    try:
        record = context.registry.read(stack.environment)
    except UnreadableRecordError as error:
        _report(context, f"record {stack.environment}: {error}")
        return
    present = None if stack.status == GONE else stack
    if present is None and record and record.stack_id != stack.stack_id:
        return
    step = context.guards.decide(record, present, context.now())
    if step:
        carry_out(context, step)


def plan(context: Context) -> Iterator[Step]:
    """Yield what is to be done at this time, changing nothing."""
    records, unreadable = _records(context)
    seen = set(unreadable)
    for stack in _stacks(context):
        record = records.get(stack.environment)
        if stack.environment in unreadable:
            continue
        seen.add(stack.environment)
        _count_given_up(context, record, stack)
        step = context.guards.decide(record, stack, context.now())
        if step:
            yield step
    for environment in sorted(records.keys() - seen):
        step = context.guards.decide(records[environment], None, context.now())
        if step:
            yield step


def _turn(steps: list[Step], now: int) -> list[Step]:
    """Choose as many steps as a run takes, beginning elsewhere each time, so that all come up."""
    if len(steps) <= MOST_STEPS:
        return steps
    start = now // SECONDS_BETWEEN_RUNS * MOST_STEPS % len(steps)
    return (steps[start:] + steps[:start])[:MOST_STEPS]


def _records(context: Context) -> tuple[dict[str, Record], set[str]]:
    records: dict[str, Record] = {}
    unreadable: set[str] = set()
    for found in context.registry.all():
        if isinstance(found, UnreadableItem):
            unreadable.add(found.environment)
            _report(context, f"record {found.environment}: {found.reason}")
        else:
            records[found.environment] = found
    return records, unreadable


def _stacks(context: Context) -> Iterator[Stack]:
    start: dict[str, str] = {}
    while True:
        page = context.clients.cloudformation.describe_stacks(**start)
        for description in page["Stacks"]:
            stack = _readable(context, description)
            if stack is not None and stack.status != GONE:
                yield stack
        if "NextToken" not in page:
            return
        start = {"NextToken": page["NextToken"]}


def _readable(context: Context, description: Description) -> Stack | None:
    try:
        return read_stack(description, context.owner, context.guards.checks)
    except UnreadableStackError as error:
        _report(context, str(error))
        return None


def _report(context: Context, reason: str) -> None:
    context.tally.unreadable += 1
    context.log("unreadable", reason=reason)


def _count_given_up(context: Context, record: Record | None, stack: Stack) -> None:
    if record and stack.has_failed_deletion and is_given_up(record):
        context.tally.delete_failed += 1
