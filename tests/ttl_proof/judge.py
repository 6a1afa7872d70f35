"""Judges every deletion, by what is stored and what CloudFormation says, not by our own code."""

from collections.abc import Mapping
from typing import Any

from aws_simulator.stacks import SimulatedStack
from aws_simulator.world import World
from ttl_proof.counters import Counters

FAILED_CREATE_KEPT_SECONDS = 3_600
SHORTEST_NOTICE_SECONDS = 900
CLOCK_ERROR_SECONDS = 300
TTL_SECONDS = {"15m": 900, "30m": 1_800}


class WrongDeletionError(AssertionError):
    """A deletion that must not have been asked for."""


class Judge:
    """Is told of each deletion as it begins."""

    def __init__(self, world: World, own: set[str], counters: Counters) -> None:
        self._world = world
        self.own = own
        self._counters = counters

    def __call__(self, stack: SimulatedStack, by: str) -> None:
        """Raise WrongDeletionError if the reaper must not delete this stack now."""
        self._counters.events[f"deletions by the {by}"] += 1
        if by != "reaper":
            return
        reason = self._objection(stack)
        if reason:
            raise WrongDeletionError(f"{stack.name} at {self._world.time:.0f}: {reason}")

    def _objection(self, stack: SimulatedStack) -> str | None:
        if stack.name not in self.own:
            return "it is not ours"
        if stack.status == "DELETE_FAILED":
            return None
        if stack.status.endswith("_IN_PROGRESS"):
            return f"it is {stack.status}"
        ttl = stack.tags["mockenv:ttl"]
        if ttl not in TTL_SECONDS:
            return f"its TTL is {ttl}"
        return self._too_early(stack, TTL_SECONDS[ttl]) or self._not_warned(stack)

    def _too_early(self, stack: SimulatedStack, ttl_seconds: int) -> str | None:
        record = self._record(stack)
        if record.get("is_pinned") == {"BOOL": True}:
            return "it is pinned"
        changed_at = stack.updated_at or stack.created_at
        if stack.status in {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}:
            over = changed_at + min(ttl_seconds, FAILED_CREATE_KEPT_SECONDS)
        else:
            over = max(changed_at + ttl_seconds, self._promised(stack))
        return f"its time is over at {over:.0f}" if self._world.time < int(over) else None

    def _not_warned(self, stack: SimulatedStack) -> str | None:
        environment = stack.tags["mockenv:environment"]
        latest = self._world.time - SHORTEST_NOTICE_SECONDS + 2 * CLOCK_ERROR_SECONDS
        tried = self._world.warnings_tried[environment]
        is_told = any(stack.created_at <= at <= latest for at in tried)
        return None if is_told else "nobody was told"

    def _record(self, stack: SimulatedStack) -> Mapping[str, Any]:
        item = self._world.table.items.get(stack.tags["mockenv:environment"], {})
        return item if item.get("stack_id") == {"S": stack.stack_id} else {}

    def _promised(self, stack: SimulatedStack) -> float:
        """Return the latest end that was ever written down for this very stack."""
        own = [w for w in self._world.table.writes if w["stack_id"] == {"S": stack.stack_id}]
        return max((float(w["expires_at"]["N"]) for w in own if "expires_at" in w), default=0.0)
