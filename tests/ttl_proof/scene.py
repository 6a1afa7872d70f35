"""A scene for the proof: the simulated world, its people, its reapers."""

from collections.abc import Callable
from typing import Any, TypeVar

from aws_simulator import programs
from aws_simulator.actor import Actor, CrashError, Fate, Gate, carried_out, open_gate
from aws_simulator.stacks import SimulatedStack
from aws_simulator.world import PROJECT, World
from ttl_cleanup.failure import RefusedError
from ttl_cleanup.reaper.guards import Guards
from ttl_cleanup.reaper.run import run, run_one
from ttl_cleanup.registry.changes import extended, pinned, unpinned
from ttl_cleanup.registry.record import Record
from ttl_proof.counters import Counters
from ttl_proof.judge import Judge

T = TypeVar("T")
ENVIRONMENTS = ["pr-1", "pr-2", "int"]
TTLS = {"pr-1": "15m", "pr-2": "30m", "int": "never"}
MOST_REAPERS = 4
DEPLOYING = {"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS"}


class Scene:
    """What people, CloudFormation and reapers can do; numbers choose among what there is."""

    def __init__(self, counters: Counters, guards: Guards | None = None) -> None:
        self.counters = counters
        self.guards = guards or Guards()
        self.provider_clock = 0
        self.clocks = (0, 0)
        self.world = World(self._answer)
        own = {f"mockenv-{PROJECT}-env-{environment}" for environment in ENVIRONMENTS}
        self.judge = Judge(self.world, own, counters)
        self.world.judge = self.judge
        self.reapers: list[tuple[float, Actor]] = []
        self.requests: list[dict[str, Any]] = []
        self.gates: dict[str, Gate] = {}

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

    def wait(self, seconds: int) -> None:
        """Let time pass while programs stand still."""
        self.world.advance(seconds)
        self.end_old_runs()

    def begin_run(self, number: int) -> None:
        """Begin a reaper's run, to go on step by step."""
        if len(self.reapers) < MOST_REAPERS:
            clock = self.clocks[number % 2]
            self.reapers.append((self.world.time, Actor("reaper", lambda g: self.reap(g, clock))))

    def step(self, number: int, fate: Fate) -> None:
        """Let one of the programs that run make its next call."""
        actors = self._actors()
        if actors:
            self._step(actors[number % len(actors)], fate)
            self.world.heard()

    def steps(self, number: int, fate: Fate) -> None:
        """Let one make several calls, the last with a fault."""
        for _ in range(number % 5 + 1):
            self.step(number, Fate.DONE)
        self.step(number, fate)

    def finish(self, number: int) -> None:
        """Let one run to its end."""
        actors = self._actors()
        if actors:
            self._finish_actor(actors[number % len(actors)])
            self.world.heard()

    def finish_all(self) -> None:
        """Let all run to their end."""
        for _, actor in self.reapers:
            self._finish_actor(actor)
        self.reapers.clear()
        self.world.answer_all()

    def end_old_runs(self) -> None:
        """Kill reapers at their function's timeout."""
        for began_at, actor in self.reapers:
            is_late = self.world.time - began_at > programs.REAPER_TIMEOUT_SECONDS
            if is_late and not actor.is_finished:
                actor.step(Fate.CRASH_BEFORE)
        self.reapers = [(at, actor) for at, actor in self.reapers if not actor.is_finished]

    def whole_run(self, clock: int, faults: dict[int, Fate]) -> None:
        """Run a reaper, with some of its calls failing."""
        self._guarded(lambda: self.reap(self._faulty(faults), clock))

    def event(self, environment: str, clock: int, faults: dict[int, Fate]) -> None:
        """Tell a reaper of a change of any stack that an environment ever had."""
        gate = self._faulty(faults)
        context = programs.reaper(self.world, gate, clock_ahead_seconds=clock, guards=self.guards)
        for stack_id in [s.stack_id for s in self.world.stacks.values() if environment in s.name]:
            self._guarded(lambda stack_id=stack_id: run_one(context, stack_id))  # type: ignore[misc]

    def _answer(self, event: Any, gate: Gate) -> bool:
        self.requests.append(event)
        stack = self.world.stacks[event["StackId"]]
        gate = self.gates.get(event["RequestType"], gate)
        answer = programs.provider(
            self.world, gate, clock_ahead_seconds=self.provider_clock
        ).answer(event)
        is_live = stack.status in DEPLOYING and event["RequestType"] != "Delete"
        assert not (is_live and "is being deleted" in answer.reason), "a deploy was refused"
        return answer.succeeded

    def reap(self, gate: Gate, clock: int) -> None:
        """Run a reaper whose clock is ahead by so many seconds."""
        run(programs.reaper(self.world, gate, clock_ahead_seconds=clock, guards=self.guards))

    def _faulty(self, faults: dict[int, Fate]) -> Gate:
        made = 0

        def gate(call: str, effect: Callable[[], T]) -> T:
            nonlocal made
            fate = faults.get(made, Fate.DONE)
            made += 1
            self.counters.took(fate)
            return carried_out(fate, call, effect)

        return gate

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            _expect(error)

    def _finish_actor(self, actor: Actor) -> None:
        actor.finish()
        if actor.error is not None:
            _expect(actor.error)

    def _step(self, actor: Actor, fate: Fate) -> None:
        self.counters.took(fate)
        actor.step(fate)
        if actor.error is not None:
            _expect(actor.error)

    def _change(self, environment: str, step: Callable[[Record | None], Record | None]) -> None:
        try:
            programs.registry(self.world, open_gate).change(environment, step)
            self.counters.events["extensions, pins and unpins"] += 1
        except RefusedError:
            self.counters.events["extensions, pins and unpins refused"] += 1

    def _actors(self) -> list[Actor]:
        running = [actor for _, actor in self.reapers if not actor.is_finished]
        strays = [actor for actor in self.world.strays if not actor.is_finished]
        return [*running, *self.world.providers(), *strays]


def _expect(error: BaseException) -> None:
    """Admit what AWS raises when a list fails, and deaths; a wrong deletion is neither."""
    if not isinstance(error, (CrashError, *programs.AWS_ERRORS)):
        raise error
