"""Programs that run step by step: each call of a client is a place to stop, fail or crash."""

import threading
from collections.abc import Callable
from enum import Enum
from typing import Any, Protocol, TypeVar

from botocore.exceptions import ClientError, ReadTimeoutError  # type: ignore[import-untyped]

T = TypeVar("T")


class Fate(Enum):
    """What happens to the next call of an actor."""

    DONE = "done"
    THROTTLED = "throttled"  # refused without an effect
    LOST = "lost"  # carried out, but the answer does not arrive
    REPEATED = "repeated"  # carried out, the answer lost, and called again by the SDK
    CRASH_BEFORE = "crash before"
    CRASH_AFTER = "crash after"


class CrashError(BaseException):
    """The end of a program that was killed: nothing of it runs on."""


class Gate(Protocol):
    """Stands before every call of a client."""

    def __call__(self, call: str, effect: Callable[[], T], /) -> T:
        """Carry out a call, or not."""


def open_gate(_call: str, effect: Callable[[], T]) -> T:
    """Let every call through."""
    return effect()


class Actor:
    """A program in a thread of its own, of which no more than one step runs at a time."""

    def __init__(self, name: str, work: Callable[["Gate"], Any]) -> None:
        self.name = name
        self.next_call: str | None = None
        self.result: Any = None
        self.error: BaseException | None = None
        self.is_finished = False
        self._work = work
        self._fate = Fate.DONE
        self._go = threading.Semaphore(0)
        self._stopped = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._stopped.acquire()

    def step(self, fate: Fate = Fate.DONE) -> None:
        """Carry out the next call, and run to the one after it."""
        self._fate = fate
        self._go.release()
        self._stopped.acquire()

    def finish(self) -> None:
        """Run to the end without faults."""
        while not self.is_finished:
            self.step()

    @property
    def has_crashed(self) -> bool:
        """Whether it was killed."""
        return isinstance(self.error, CrashError)

    def _run(self) -> None:
        try:
            self.result = self._work(self._pass)
        except BaseException as error:
            self.error = error
        self.next_call = None
        self.is_finished = True
        self._stopped.release()

    def _pass(self, call: str, effect: Callable[[], T]) -> T:
        if self._fate in {Fate.CRASH_BEFORE, Fate.CRASH_AFTER}:
            raise CrashError
        self.next_call = call
        self._stopped.release()
        self._go.acquire()
        return carried_out(self._fate, call, effect)


def carried_out(fate: Fate, call: str, effect: Callable[[], T]) -> T:
    """Let a call meet its fate."""
    if fate is Fate.CRASH_BEFORE:
        raise CrashError
    if fate is Fate.THROTTLED:
        raise refused(call, "ThrottlingException", "Rate exceeded")
    answer = effect()
    if fate is Fate.REPEATED:
        return effect()
    if fate is Fate.LOST:
        raise ReadTimeoutError(endpoint_url="https://aws.example")
    if fate is Fate.CRASH_AFTER:
        raise CrashError
    return answer


def refused(call: str, code: str, message: str) -> ClientError:
    """Return the error that boto3 raises for a call that AWS refuses."""
    return ClientError({"Error": {"Code": code, "Message": message}}, call)
