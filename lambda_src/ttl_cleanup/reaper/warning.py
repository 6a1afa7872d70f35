"""Warns people that an environment ends: at least once, and normally once."""

from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

from ttl_cleanup.reaper import messages
from ttl_cleanup.reaper.context import Context
from ttl_cleanup.reaper.decision import facts
from ttl_cleanup.reaper.steps import Warn
from ttl_cleanup.reaper.transitions import warned
from ttl_cleanup.registry.lifetime import warning_due


def warn(context: Context, step: Warn) -> None:
    """Send a warning that is still due, then write that down: a crash in between repeats it.

    One that can't be sent is tried again by the next run, but only until the end: a topic that
    is out of order must not keep environments forever.
    """
    record = context.registry.read(step.record.environment)
    now = context.now()
    if record is None or record.stack_id != step.stack.stack_id:
        return
    if warning_due(record, facts(step.stack), now) != step.ahead_seconds:
        return
    try:
        context.publish(messages.ends_soon(step, context.owner, now))
    except (ClientError, BotoCoreError):
        if now < step.end:
            raise
        context.log("warning_not_sent", environment=record.environment)
    _write_down(context, step)


def _write_down(context: Context, step: Warn) -> None:
    sent_at = context.now()
    environment = step.record.environment
    if context.registry.change(environment, lambda record: warned(record, step, sent_at)):
        context.tally.warned += 1
        context.log("warned", environment=environment, ahead_seconds=step.ahead_seconds)
