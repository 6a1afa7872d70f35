"""Gives stacks a record that have none: a registration that was lost, a registry that was new."""

from ttl_cleanup.reaper.context import Context
from ttl_cleanup.reaper.steps import Adopt
from ttl_cleanup.reaper.transitions import adopted
from ttl_cleanup.registry.record import Record


def adopt(context: Context, step: Adopt) -> None:
    """Write a stack's record, by its own tags and times.

    The look comes after the record was read: if the stack is there then, whatever else bore its
    name is gone, and a successor's own record would make the write fail.
    """

    def replaced(record: Record | None) -> Record | None:
        found = context.look(step.stack)
        return adopted(record, found, context.now()) if found else None

    if context.registry.change(step.stack.environment, replaced):
        context.log("adopted", environment=step.stack.environment, stack=step.stack.stack_id)
