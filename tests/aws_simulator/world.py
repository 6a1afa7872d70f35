"""The whole of it: time, stacks, what they hold, who is called."""

import uuid
from collections import defaultdict
from collections.abc import Callable
from itertools import count
from typing import Any

from aws_simulator.actor import Actor, Fate
from aws_simulator.cloudformation import creation, deletion, update
from aws_simulator.dynamodb import Table
from aws_simulator.operations import CALLED_AGAIN_AFTER_SECONDS, MOST_CALLS, Answering, UnderWay
from aws_simulator.s3 import Bucket, Storage
from aws_simulator.stacks import GONE, UPDATABLE, Operation, SimulatedStack
from registration_samples import ASSETS_BUCKET, properties, zipped
from ttl_cleanup.environment_stack import environment_stack

ACCOUNT = "123456789012"
REGION = "eu-central-1"
PROJECT = "payments"
START = 1_800_000_000.0
QUICKLY_DELETED = {"ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS"}


class World:
    """An account and region. `judge` is told of every deletion that begins, and who asked."""

    page = 3
    call_timeout_seconds = 10

    def __init__(self, answering: Answering) -> None:
        self.time = START
        self.table = Table()
        self.storage = Storage(
            {(ASSETS_BUCKET, "sources.zip"): zipped(), (ASSETS_BUCKET, "mock_host.mjs"): b""}
        )
        self.stacks: dict[str, SimulatedStack] = {}
        self.under_way: list[UnderWay] = []
        self.strays: list[Actor] = []
        self.messages: list[tuple[float, str, str]] = []
        self.warnings_tried: dict[str, list[float]] = defaultdict(list)
        self.deletions: list[tuple[float, str, str]] = []
        self.list_lag_seconds = 0.0
        self.left_out: set[str] = set()
        self.ghost_seconds = 1_200.0
        self.judge: Callable[[SimulatedStack, str], None] = lambda _stack, _by: None
        self._answering = answering
        self._past: dict[str, list[tuple[float, SimulatedStack]]] = defaultdict(list)
        self._numbers = count(1)

    @property
    def monotonic(self) -> float:
        """Seconds that never jump."""
        return self.time

    def find(self, name_or_id: str) -> SimulatedStack | None:
        """Return a stack by id, or the live one of a name."""
        if name_or_id in self.stacks:
            return self.stacks[name_or_id]
        named = [s for s in self.stacks.values() if s.name == name_or_id and s.status != GONE]
        return named[-1] if named else None

    def live(self, environment: str) -> SimulatedStack | None:
        """Return an environment's stack, unless there is none."""
        return self.find(f"mockenv-{PROJECT}-env-{environment}")

    def listed(self) -> list[SimulatedStack]:
        """Return stacks as they were a while ago, without those that the list leaves out."""
        seen_at = self.time - self.list_lag_seconds
        past = [_as_of(snapshots, seen_at) for snapshots in self._past.values()]
        return [stack for stack in past if stack and stack.name not in self.left_out]

    def add(self, stack: SimulatedStack) -> SimulatedStack:
        """Put a stack there as it is."""
        self.stacks[stack.stack_id] = stack
        self.remember(stack)
        return stack

    def new_stack_id(self, name: str) -> str:
        """Return an id that was never there."""
        number = uuid.UUID(int=(next(self._numbers) << 96) | 7)
        return f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{name}/{number}"

    def create(self, environment: str, ttl: str, **changes: Any) -> SimulatedStack:
        """Begin to create an environment's stack."""
        name = f"mockenv-{PROJECT}-env-{environment}"
        own = environment_stack(self.new_stack_id(name), PROJECT)
        tags = {"project": PROJECT, "environment": environment, "ttl": ttl}
        stack = SimulatedStack(
            own.stack_id,
            name,
            {f"mockenv:{key}": value for key, value in tags.items()},
            own.bucket,
            self.time,
            is_protected=ttl == "never",
            properties=properties(own, TtlSeconds=_ttl_seconds(ttl), MaxTtlSeconds="604800"),
            **changes,
        )
        self._begin(self.add(stack), creation(self, stack))
        return stack

    def update(self, stack: SimulatedStack, *, version: str | None) -> bool:
        """Begin an update, which the registration hears of if there is another version."""
        if stack.status not in UPDATABLE:
            return False
        stack.status = "UPDATE_IN_PROGRESS"
        stack.updated_at = self.time
        new = dict(stack.properties) | ({"Version": version} if version else {})
        self._begin(stack, update(stack, new))
        return True

    def begin_deletion(self, stack: SimulatedStack, *, by: str) -> None:
        """Begin to delete a stack; a creation under way ends, a function that runs for it not."""
        self.judge(stack, by)
        ended = [each for each in self.under_way if each.stack is stack]
        self.strays += [each.actor for each in ended if each.actor]
        self.under_way = [each for each in self.under_way if each.stack is not stack]
        is_quick = stack.status in QUICKLY_DELETED
        stack.status = "DELETE_IN_PROGRESS"
        stack.deleted_at = self.time
        self.deletions.append((self.time, stack.stack_id, by))
        self._begin(stack, deletion(self, stack, is_quick=is_quick))

    def new_bucket(self) -> Bucket:
        """Return an empty bucket."""
        return Bucket()

    def resources_deleted(self, stack: SimulatedStack) -> None:
        """Write down since when a stack's resources are gone."""
        stack.deleted_at = self.time

    def tagged(self, wanted: dict[str, str]) -> list[str]:
        """List what carries tags, and what did until a while ago."""
        return [
            arn
            for stack in self.stacks.values()
            if all(stack.tags.get(key) == value for key, value in wanted.items())
            for arn in self._resources(stack)
        ]

    def remember(self, stack: SimulatedStack) -> None:
        """Keep what lists that are not up to date show."""
        self._past[stack.stack_id].append((self.time, stack.snapshot()))

    def _resources(self, stack: SimulatedStack) -> list[str]:
        is_listed = stack.status != GONE or (
            self.time - (stack.deleted_at or 0) < self.ghost_seconds
        )
        return [f"arn:aws:s3:::{stack.bucket}", stack.service] if is_listed else []

    def _begin(self, stack: SimulatedStack, operation: Operation) -> None:
        under_way = UnderWay(stack, operation, self.time)
        self.under_way.append(under_way)
        self._go_on(under_way, None)

    def advance(self, seconds: float) -> None:
        """Let time pass, and what is due happen."""
        until = self.time + seconds
        while due := self._next_due(until):
            self.time = max(self.time, min(due.due_at, due.gives_up_at))
            if due.gives_up_at <= self.time:
                _kill(due.actor)
                self._go_on(due, answer=False)
            elif due.event is not None:
                due.ask(due.event, self._answering, self.time)
            else:
                self._go_on(due, None)
        self.time = until

    def heard(self) -> None:
        """Go on with operations whose question was answered, or whose function crashed."""
        for under_way in list(self.under_way):
            actor = under_way.actor
            if actor is None or not actor.is_finished:
                continue
            if not actor.has_crashed and actor.error is None:
                self._go_on(under_way, bool(actor.result))
            elif under_way.calls < MOST_CALLS:
                under_way.actor = None
                under_way.due_at = self.time + CALLED_AGAIN_AFTER_SECONDS
            else:
                under_way.actor = None

    def settle(self, seconds: float, step_seconds: float = 20) -> None:
        """Let time pass without faults: functions answer at once."""
        until = self.time + seconds
        while self.time < until:
            self.advance(min(step_seconds, until - self.time))
            self.answer_all()

    def answer_all(self) -> None:
        """Let all functions that run come to their end."""
        while running := [*self.providers(), *self.strays]:
            for actor in running:
                actor.finish()
            self.strays.clear()
            self.heard()

    def providers(self) -> list[Actor]:
        """List the registration's functions that run for operations."""
        return [u.actor for u in self.under_way if u.actor and not u.actor.is_finished]

    def _next_due(self, until: float) -> UnderWay | None:
        due = [u for u in self.under_way if min(u.due_at, u.gives_up_at) <= until]
        return min(due, key=lambda u: min(u.due_at, u.gives_up_at), default=None)

    def _go_on(self, under_way: UnderWay, answer: bool | None) -> None:
        try:
            asked = under_way.go_on(answer, self.time)
            if asked:
                under_way.ask(self._event(asked.kind, under_way), self._answering, self.time)
        except StopIteration:
            self.under_way.remove(under_way)
        self.remember(under_way.stack)

    def _event(self, kind: str, under_way: UnderWay) -> dict[str, Any]:
        stack = under_way.stack
        return {
            "RequestType": kind,
            "StackId": stack.stack_id,
            "ResourceProperties": dict(stack.properties),
        }


def _as_of(snapshots: list[tuple[float, SimulatedStack]], time: float) -> SimulatedStack | None:
    seen = [snapshot for at, snapshot in snapshots if at <= time]
    return seen[-1] if seen else None


def _kill(actor: Actor | None) -> None:
    """End a function at Lambda's own timeout, which comes before CloudFormation's."""
    if actor and not actor.is_finished:
        actor.step(Fate.CRASH_BEFORE)


def _ttl_seconds(ttl: str) -> str | None:
    units = {"m": 60, "h": 3_600, "d": 86_400}
    return None if ttl == "never" else str(int(ttl[:-1]) * units[ttl[-1]])
