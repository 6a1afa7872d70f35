"""Carries a local plan out: starts its processes, watches them, and leaves nothing behind."""

import fcntl
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from mockenv.errors import MockenvError
from mockenv.local.health import unhealthy_mocks, wait_until_healthy
from mockenv.local.journal import LogFollower, summarize
from mockenv.local.plan import LocalPlan, Place
from mockenv.local.processes import (
    Guard,
    RunningProcess,
    raise_if_ended,
    stop,
    wait_until_ready,
)

WATCH_SECONDS = 0.1
STATE_FOLDER = ".mockenv"


@dataclass(frozen=True)
class Address:
    """Where a local environment is reached."""

    url: str
    port: int


@dataclass(frozen=True)
class Serving:
    """A local environment that answers: its address and how long it took from the start."""

    address: Address
    started_in_seconds: float


def state_folder(settings_file: Path, environment: str) -> Path:
    """Return where a local environment keeps its files: beside the settings file."""
    return settings_file.resolve().parent / STATE_FOLDER / environment


@contextmanager
def local_place(state: Path) -> Iterator[Place]:
    """Hold an environment's folders for one run; raises MockenvError if it is up already."""
    state.mkdir(parents=True, exist_ok=True)
    (state.parent / ".gitignore").write_text("*\n")
    with (state / "lock").open("a+") as lock:
        _take(lock.fileno(), state)
        with tempfile.TemporaryDirectory(prefix="mockenv-", ignore_cleanup_errors=True) as sockets:
            yield Place(state, Path(sockets))


def _take(lock: int, state: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise MockenvError(
            f"the environment {state.name} of this folder is up already",
            next_step="end it with mockenv down, or start another one with --env NAME --port PORT",
        ) from error
    os.truncate(lock, 0)
    os.write(lock, f"{os.getpid()}\n".encode())


def is_up(state: Path) -> int | None:
    """Return the process id of the `mockenv up` that holds this environment, None if none does."""
    try:
        with (state / "lock").open("r") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(lock.read())
    except (FileNotFoundError, ValueError):
        pass
    return None


@dataclass
class StopRequest:
    """Whether the run is to end; a plain flag, as signal handlers must not take locks."""

    made: bool = False


def run(
    plan: LocalPlan,
    place: Place,
    *,
    on_ready: Callable[[Serving], None],
    on_log: Callable[[str], None],
    on_look: Callable[[], None],
    stop_request: StopRequest,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Run a plan until a stop is requested; raises MockenvError if a process fails or ends.

    `on_ready` is called once, when everything serves; `on_log` with each line for the terminal;
    `on_look` ten times a second while it runs.
    """
    started = clock()
    for file, text in plan.files.items():
        file.write_text(text, encoding="utf-8")
    guard = Guard(place.sockets)
    processes: list[RunningProcess] = []
    try:
        for process_plan in plan.processes:
            processes.append(RunningProcess(process_plan))
            guard.watch(processes[-1].group)
        events = wait_until_ready(processes, lambda: stop_request.made)
        if not stop_request.made:
            address = _address(events["mock host"])
            _wait_for_mocks(processes, address.port, stop_request)
        if not stop_request.made:
            on_ready(Serving(address, clock() - started))
        _watch(processes, on_log, on_look, stop_request)
    finally:
        stop(processes)
        guard.close()


def _address(ready: dict[str, Any]) -> Address:
    url = str(ready["url"])
    return Address(url, int(url.rpartition(":")[2]))


def _wait_for_mocks(processes: list[RunningProcess], port: int, stop_request: StopRequest) -> None:
    def is_over() -> bool:
        raise_if_ended(processes)
        return stop_request.made

    wait_until_healthy(lambda: unhealthy_mocks(port), is_over=is_over)


def _watch(
    processes: list[RunningProcess],
    on_log: Callable[[str], None],
    on_look: Callable[[], None],
    stop_request: StopRequest,
) -> None:
    followers = [LogFollower(process.plan.log) for process in processes]
    while not stop_request.made:
        time.sleep(WATCH_SECONDS)
        for follower in followers:
            for line in summarize(follower.new_lines()):
                on_log(line)
        on_look()
        raise_if_ended(processes)


@contextmanager
def stop_on_signals(stop_request: StopRequest) -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM and a closed terminal into an orderly end; a second one ends at once."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def request(number: int, _: FrameType | None) -> None:
        if stop_request.made:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        stop_request.made = True

    previous = {number: signal.signal(number, request) for number in numbers}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
