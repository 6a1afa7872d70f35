"""Operations under way: what each waits for, time or an answer of the registration."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aws_simulator.actor import Actor, Gate
from aws_simulator.stacks import Ask, Operation, SimulatedStack, Wait

SERVICE_TIMEOUT_SECONDS = 420  # of the registration (constructs/mock_constructs/registration.py)
FUNCTION_TIMEOUT_SECONDS = 360
MOST_CALLS = 3
CALLED_AGAIN_AFTER_SECONDS = 60
Event = Mapping[str, Any]
Answering = Callable[[Event, Gate], bool]


@dataclass
class UnderWay:
    """An operation; `due_at` is when it goes on by itself."""

    stack: SimulatedStack
    operation: Operation
    due_at: float
    event: Event | None = None
    actor: Actor | None = None
    calls: int = 0
    gives_up_at: float = float("inf")

    def go_on(self, answer: bool | None, now: float) -> Ask | None:
        """Resume; return what it asks for, if it does. Raises StopIteration at its end."""
        wanted = next(self.operation) if answer is None else self.operation.send(answer)
        while isinstance(wanted, Wait) and wanted.seconds <= 0:
            wanted = next(self.operation)
        self.event = self.actor = None
        self.gives_up_at = float("inf")
        if isinstance(wanted, Wait):
            self.due_at = now + wanted.seconds
            return None
        self.due_at = float("inf")
        return wanted

    def ask(self, event: Event, answering: Answering, now: float) -> None:
        """Call the registration's function."""
        if self.event is None:
            self.calls = 0
            self.gives_up_at = now + SERVICE_TIMEOUT_SECONDS
        self.event = event
        self.calls += 1
        self.due_at = float("inf")
        self.actor = Actor(f"provider {event['RequestType']}", lambda gate: answering(event, gate))
