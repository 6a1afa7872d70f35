"""Writes down deletions that failed, and tells people when it was the last that is tried."""

from ttl_cleanup.reaper import messages
from ttl_cleanup.reaper.context import Context
from ttl_cleanup.reaper.decision import is_given_up
from ttl_cleanup.reaper.steps import NoteFailure
from ttl_cleanup.reaper.transitions import failed


def note_failure(context: Context, step: NoteFailure) -> None:
    """Count a failed deletion. People are told first: a crash in between tells them twice."""
    now = context.now()
    foreseen = failed(step.record, step.stack, now)
    if foreseen and is_given_up(foreseen):
        context.publish(messages.can_not_be_deleted(foreseen, step.stack, context.owner))
    noted = context.registry.change(
        step.record.environment, lambda record: failed(record, step.stack, now)
    )
    if noted:
        context.log(
            "deletion_failed",
            environment=noted.environment,
            times=noted.deletion_failures,
            is_given_up=is_given_up(noted),
        )
