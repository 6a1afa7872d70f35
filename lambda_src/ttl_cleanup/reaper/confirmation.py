"""Makes sure that an environment is gone, all of it, and forgets it last."""

from collections.abc import Sequence

from ttl_cleanup.reaper import messages
from ttl_cleanup.reaper.context import Context
from ttl_cleanup.reaper.leftovers import leftovers
from ttl_cleanup.reaper.stack import GONE
from ttl_cleanup.reaper.steps import Confirm
from ttl_cleanup.registry.record import Record, changed

UNKNOWN_KEPT_SECONDS = 3_600  # a stack that CloudFormation does not know may be too new
LEFTOVERS_AWAITED_SECONDS = 3_600
LEFTOVERS_KEPT_SECONDS = 86_400


def confirm(context: Context, step: Confirm) -> None:
    """Look for a record's stack by its id, then for leftovers; tell people; drop the record."""
    if not _is_gone(context, step.record):
        return
    found = leftovers(context, step.record)
    if found and not _is_old(context, step.record):
        _wait_for_leftovers(context, step.record, found)
        return
    context.publish(messages.is_gone(step.record, context.owner))
    if context.registry.drop(step.record):
        context.tally.deleted += 1
        context.log("gone", environment=step.record.environment, leftovers=found)


def _is_gone(context: Context, record: Record) -> bool:
    description = context.describe(record.stack_id)
    if description is not None:
        return bool(description["StackStatus"] == GONE)
    written_at = max(record.deployed_at, record.created_at, record.deletion_began_at or 0)
    return context.now() - written_at >= UNKNOWN_KEPT_SECONDS


def _is_old(context: Context, record: Record) -> bool:
    gone_at = record.gone_at
    return gone_at is not None and context.now() - gone_at >= LEFTOVERS_KEPT_SECONDS


def _wait_for_leftovers(context: Context, record: Record, arns: Sequence[str]) -> None:
    now = context.now()
    if record.gone_at is None:
        _note(context, record, gone_at=now)
    elif now - record.gone_at >= LEFTOVERS_AWAITED_SECONDS:
        context.tally.leftovers += len(arns)
        if not record.leftovers_told:
            context.publish(messages.left_behind(record, arns, context.owner))
            _note(context, record, leftovers_told=True)


def _note(context: Context, record: Record, **changes: int) -> None:
    """Change a record that is still the one that was looked at."""
    context.registry.change(
        record.environment, lambda old: changed(record, **changes) if old == record else None
    )
