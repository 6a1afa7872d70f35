"""The programs of a scene: reapers and registrations, run step by step or as a whole."""

from collections.abc import Callable
from typing import Any, TypeVar

from aws_simulator import programs
from aws_simulator.account import PROJECT
from aws_simulator.actor import Actor, CrashError, Fate, Gate, carried_out
from aws_simulator.world import World
from ttl_cleanup.reaper.guards import Guards
from ttl_cleanup.reaper.run import run, run_one
from ttl_proof.counters import Counters
from ttl_proof.judge import Judge

T = TypeVar("T")
ENVIRONMENTS = ["pr-1", "pr-2", "int"]
MOST_REAPERS = 4
DEPLOYING = {"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS"}


class Runs:
    """Reapers with their guards and clocks; numbers choose among what runs."""

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

    def _actors(self) -> list[Actor]:
        running = [actor for _, actor in self.reapers if not actor.is_finished]
        strays = [actor for actor in self.world.strays if not actor.is_finished]
        return [*running, *self.world.providers(), *strays]


def _expect(error: BaseException) -> None:
    """Admit what AWS raises when a list fails, and deaths; a wrong deletion is neither."""
    if not isinstance(error, (CrashError, *programs.AWS_ERRORS)):
        raise error
