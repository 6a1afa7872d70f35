"""The world: time passes in an account, operations go on, the registration is called."""

from collections.abc import Callable
from typing import Any

from aws_simulator.account import PROJECT, Account
from aws_simulator.actor import Actor, Fate
from aws_simulator.cloudformation import creation, deletion, update
from aws_simulator.operations import CALLED_AGAIN_AFTER_SECONDS, MOST_CALLS, Answering, UnderWay
from aws_simulator.stacks import UPDATABLE, Operation, SimulatedStack
from registration_samples import properties
from ttl_cleanup.environment_stack import environment_stack

QUICKLY_DELETED = {"ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS"}


class World(Account):
    """Operations under way, and functions that run for them or, as strays, for what they were.

    `judge` is told of every deletion that begins, and who asked.
    """

    def __init__(self, answering: Answering) -> None:
        super().__init__()
        self.under_way: list[UnderWay] = []
        self.strays: list[Actor] = []
        self.deletions: list[tuple[float, str, str]] = []
        self.judge: Callable[[SimulatedStack, str], None] = lambda _stack, _by: None
        self._answering = answering

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

    def begin_deletion(self, stack: SimulatedStack, *, by: str, is_forced: bool = False) -> None:
        """Begin to delete a stack; a creation under way ends, a function that runs for it not."""
        self.judge(stack, by)
        ended = [each for each in self.under_way if each.stack is stack]
        self.strays += [each.actor for each in ended if each.actor]
        self.under_way = [each for each in self.under_way if each.stack is not stack]
        is_quick = stack.status in QUICKLY_DELETED
        stack.status = "DELETE_IN_PROGRESS"
        stack.deleted_at = self.time
        self.deletions.append((self.time, stack.stack_id, by))
        self._begin(stack, deletion(self, stack, is_quick=is_quick, is_forced=is_forced))

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


def _kill(actor: Actor | None) -> None:
    """End a function at Lambda's own timeout, which comes before CloudFormation's."""
    if actor and not actor.is_finished:
        actor.step(Fate.CRASH_BEFORE)


def _ttl_seconds(ttl: str) -> str | None:
    units = {"m": 60, "h": 3_600, "d": 86_400}
    return None if ttl == "never" else str(int(ttl[:-1]) * units[ttl[-1]])
