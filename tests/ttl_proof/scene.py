"""A scene for the proof: what people do while programs run."""

from collections.abc import Callable

from aws_simulator import programs
from aws_simulator.account import PROJECT
from aws_simulator.actor import open_gate
from aws_simulator.stacks import SimulatedStack
from ttl_cleanup.failure import RefusedError
from ttl_cleanup.registry.changes import extended, pinned, unpinned
from ttl_cleanup.registry.record import Record
from ttl_proof.runs import ENVIRONMENTS, Runs

TTLS = {"pr-1": "15m", "pr-2": "30m", "int": "never"}


class Scene(Runs):
    """People who create, deploy, extend, pin and destroy; lists and records that go wrong."""

    def create(self, environment: str, *, stuck: int = 0, troubles: int = 0) -> SimulatedStack:
        """Create an environment; the first bit of `troubles` fails that, the second writes late."""
        return self.world.create(
            environment,
            TTLS[environment],
            deletions_to_fail=stuck,
            creation_fails=bool(troubles & 1),
            writes_late=bool(troubles & 2),
        )

    def ripen(self, late_seconds: int) -> None:
        """Let time pass until environments are warned of and over by so many seconds; those that
        are gone are created before.
        """
        self.finish_all()
        for environment in ENVIRONMENTS:
            if self.world.live(environment) is None:
                self.create(environment)
        self.world.settle(200)
        items = self.world.table.items.values()
        ends = [int(item["expires_at"]["N"]) for item in items if "expires_at" in item]
        self.world.settle(max(0, max(ends, default=0) - 600 - self.world.time))
        self.reap(open_gate, 0)
        self.world.settle(600 + late_seconds)

    def deploy(self, environment: str, number: int) -> None:
        """Create, update, or replace what was rolled back, as the CDK CLI does (aws-cdk#917)."""
        stack = self.world.live(environment)
        self.counters.events["deploys"] += 1
        if stack is None:
            self.create(environment, stuck=number, troubles=number)
        elif stack.status in {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED"} and not stack.is_protected:
            self.world.begin_deletion(stack, by="user")
        else:
            self.world.update(stack, version=[None, "0" * 16, "1" * 16, None][number])

    def extend(self, environment: str, hours: int) -> None:
        """Extend from the present end."""
        seconds = hours * 3_600
        self._change(environment, lambda r: extended(r, (r.expires_at or 0 if r else 0) + seconds))

    def pin(self, environment: str, *, pins: bool) -> None:
        """Pin or unpin."""
        now = int(self.world.time)
        self._change(environment, lambda r: pinned(r) if pins else unpinned(r, now))

    def destroy(self, environment: str) -> None:
        """Delete an environment as a person does, by its name."""
        stack = self.world.live(environment)
        is_refused = stack is None or stack.is_protected or stack.status.startswith("UPDATE_I")
        if stack and not is_refused and stack.status != "DELETE_IN_PROGRESS":
            self.world.begin_deletion(stack, by="user")

    def lose_record(self, environment: str) -> None:
        """Lose a record, as a registry that is made anew; what it promised goes with it."""
        item = self.world.table.items.pop(environment, None)
        if item is not None:
            self.counters.events["records lost"] += 1
            writes = self.world.table.writes
            self.world.table.writes = [w for w in writes if w["stack_id"] != item["stack_id"]]

    def repeat_request(self, number: int) -> None:
        """Let Lambda call the registration again, long after."""
        event = self.requests[-1 - number % len(self.requests)]
        self.counters.events["requests repeated"] += 1
        programs.answer(self.world, event, open_gate, self.provider_clock)

    def lag(self, seconds: int, left_out: str = "") -> None:
        """Let lists be so old, and leave out an environment."""
        self.world.list_lag_seconds = seconds
        self.world.left_out = {f"mockenv-{PROJECT}-env-{left_out}"}

    def _change(self, environment: str, step: Callable[[Record | None], Record | None]) -> None:
        try:
            programs.registry(self.world, open_gate).change(environment, step)
            self.counters.events["extensions, pins and unpins"] += 1
        except RefusedError:
            self.counters.events["extensions, pins and unpins refused"] += 1
