"""Carries out one step; what goes wrong with one environment does not keep others waiting."""

from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

from ttl_cleanup.failure import RefusedError
from ttl_cleanup.reaper.adoption import adopt
from ttl_cleanup.reaper.confirmation import confirm
from ttl_cleanup.reaper.context import Context
from ttl_cleanup.reaper.deletion import delete, retry, take_back
from ttl_cleanup.reaper.failure_note import note_failure
from ttl_cleanup.reaper.stack import UnreadableStackError
from ttl_cleanup.reaper.steps import (
    Adopt,
    Confirm,
    Delete,
    NoteFailure,
    Retry,
    Step,
    TakeBack,
    Warn,
    environment_of,
)
from ttl_cleanup.reaper.warning import warn

EXPECTED = (
    RefusedError,
    UnreadableStackError,
    ClientError,
    BotoCoreError,
)


def carry_out(context: Context, step: Step) -> None:
    """Do a step; if AWS does not, log that: the next run decides anew."""
    try:
        _do(context, step)
    except EXPECTED as error:
        context.tally.steps_failed += 1
        name = type(step).__name__
        context.log("step_failed", step=name, environment=environment_of(step), error=str(error))


def _do(context: Context, step: Step) -> None:
    match step:
        case Adopt():
            adopt(context, step)
        case Warn():
            warn(context, step)
        case Delete():
            delete(context, step)
        case TakeBack():
            take_back(context, step)
        case NoteFailure():
            note_failure(context, step)
        case Retry():
            retry(context, step)
        case Confirm():
            confirm(context, step)
