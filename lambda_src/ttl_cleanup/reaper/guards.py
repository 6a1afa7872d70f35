"""What stands between a mistake and a deletion."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ttl_cleanup.reaper.decision import decide
from ttl_cleanup.reaper.owner import IDENTITY_CHECKS, IdentityCheck
from ttl_cleanup.reaper.second_look import objection
from ttl_cleanup.reaper.stack import Stack
from ttl_cleanup.reaper.steps import Step
from ttl_cleanup.reaper.transitions import fenced
from ttl_cleanup.registry.record import Record


def by_id(stack: Stack) -> str:
    """Address a stack so that a later one under the same name can't be meant."""
    return stack.stack_id


@dataclass(frozen=True)
class Guards:
    """All guards; tests take out one at a time, to see that each is needed."""

    decide: Callable[[Record | None, Stack | None, int], Step | None] = decide
    checks: Sequence[IdentityCheck] = IDENTITY_CHECKS
    fence: Callable[[Record | None, Stack, int], Record | None] = fenced
    objection: Callable[[Record, Stack, Stack, int], str | None] = objection
    address: Callable[[Stack], str] = by_id
