"""Deletes a stack: fence, second look, one call; what comes of it is another run's matter."""

from ttl_cleanup.reaper.context import Context
from ttl_cleanup.reaper.steps import Delete, Retry, TakeBack
from ttl_cleanup.reaper.transitions import retried, taken_back
from ttl_cleanup.reaper.unblocking import unblock
from ttl_cleanup.registry.record import ACTIVE, Record

# An update takes longer than this and the call's own timeout together, so that none can begin and
# end between the look and the deletion; one that has begun makes CloudFormation refuse.
LOOK_HOLDS_SECONDS = 5


def delete(context: Context, step: Delete) -> None:
    """Delete an environment whose time is over, unless something changed since the list."""
    now = context.now()
    environment = step.record.environment
    fenced = context.registry.change(
        environment, lambda record: context.guards.fence(record, step.stack, now)
    )
    if fenced is None:
        context.log("not_fenced", environment=environment)
        return
    if step.record.state == ACTIVE:
        context.tally.expired += 1
    _delete_after_look(context, step, fenced)


def retry(context: Context, step: Retry) -> None:
    """Remove what keeps a stack from being deleted, and delete it again."""
    now = context.now()
    record = context.registry.change(
        step.record.environment, lambda record: retried(record, step.stack, now)
    )
    if record is None or not _is_still_right(context, step, record):
        return
    unblock(context, step.stack)
    _delete_after_look(context, step, record)


def take_back(context: Context, step: TakeBack) -> None:
    """Lift the fence of an environment that was renewed, unless its deletion has begun."""

    def opened(record: Record | None) -> Record | None:
        found = context.look(step.stack)
        return taken_back(record, found) if found and not found.is_in_progress else None

    if context.registry.change(step.record.environment, opened):
        context.log("deletion_taken_back", environment=step.record.environment)


def _delete_after_look(context: Context, step: Delete | Retry, record: Record) -> None:
    looked_at = context.monotonic()
    if not _is_still_right(context, step, record):
        return
    if context.monotonic() - looked_at > LOOK_HOLDS_SECONDS:
        context.log("look_took_too_long", environment=record.environment)
        return
    context.clients.deletion.delete_stack(StackName=context.guards.address(step.stack))
    context.log("deletion_asked_for", environment=record.environment, stack=step.stack.stack_id)


def _is_still_right(context: Context, step: Delete | Retry, record: Record) -> bool:
    found = context.look(step.stack)
    problem = "its stack is gone"
    if found is not None:
        problem = context.guards.objection(record, step.stack, found, context.now()) or ""
    if problem:
        context.log("not_deleted", environment=record.environment, reason=problem)
    return not problem
