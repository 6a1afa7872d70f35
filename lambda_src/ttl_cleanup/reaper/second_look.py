"""The second look: what a stack has to be like at the moment of its deletion."""

from ttl_cleanup.reaper.decision import facts
from ttl_cleanup.reaper.stack import Stack
from ttl_cleanup.registry.lifetime import is_over
from ttl_cleanup.registry.record import Record


def objection(record: Record, listed: Stack, found: Stack, now: int) -> str | None:
    """Say why a stack must not be deleted after all; `listed` is what the decision was made from.

    Its name, tags, account and region were checked when it was read.
    """
    if found.stack_id != listed.stack_id or record.stack_id != found.stack_id:
        return "another stack has its name"
    if found.is_in_progress:
        return f"it is {found.status}"
    if found.is_protected:
        return "it is protected"
    if listed.has_failed_deletion:
        return None if found.has_failed_deletion else f"it is {found.status}"
    return None if is_over(record, facts(found), now) else "it was renewed"
