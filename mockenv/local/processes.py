"""Starts the processes of a plan, waits until they serve, and ends them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from mockenv.errors import MockenvError
from mockenv.local import guardian
from mockenv.local.plan import ProcessPlan

POLL_SECONDS = 0.01
READ_BYTES = 65_536
SHOWN_LOG_LINES = 10
STOP_WITHIN_SECONDS = 8.0


class RunningProcess:
    """A process of the plan, in a process group of its own, with its log."""

    def __init__(self, plan: ProcessPlan) -> None:
        self.plan = plan
        plan.log.write_bytes(b"")
        with plan.log.open("ab") as log:
            self._process = subprocess.Popen(
                plan.arguments,
                # MockServer leaves a file where it runs.
                cwd=plan.log.parent,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **plan.environment},
                start_new_session=True,
            )

    @property
    def group(self) -> int:
        """The process group, which has the number of its first process."""
        return self._process.pid

    def exit_code(self) -> int | None:
        """Return how the process ended, None while it runs."""
        return self._process.poll()

    def ready_event(self) -> dict[str, Any] | None:
        """Return the line that says that the process serves, if it is in the log yet."""
        with self.plan.log.open("rb") as log:
            return _event("ready", log.read(READ_BYTES))

    def failure(self) -> str | None:
        """Return the process's own words about why it gave up, if it left any."""
        event = _event("failed", self._log_end())
        return str(event["message"]) if event and "message" in event else None

    def last_log_lines(self) -> list[str]:
        """Return the end of the log, without the line that `failure` gives."""
        end = self._log_end()
        lines = [line for line in end.splitlines() if _event("failed", line) is None]
        return [line.decode(errors="replace") for line in lines[-SHOWN_LOG_LINES:]]

    def signal(self, number: int) -> None:
        """Send a signal to the whole group; one that is gone already is fine."""
        with suppress(ProcessLookupError):
            os.killpg(self.group, number)

    def wait(self, seconds: float) -> bool:
        """Wait for the end; return whether it came in time."""
        try:
            self._process.wait(max(seconds, 0.0))
        except subprocess.TimeoutExpired:
            return False
        return True

    def _log_end(self) -> bytes:
        with self.plan.log.open("rb") as log:
            log.seek(max(0, os.fstat(log.fileno()).st_size - READ_BYTES))
            return log.read()


def _event(name: str, lines: bytes) -> dict[str, Any] | None:
    """Return the first of the JSON lines that tells of this event."""
    for line in lines.splitlines():
        try:
            parsed = json.loads(line)
        except ValueError:
            continue
        if isinstance(parsed, dict) and parsed.get("event") == name:
            return parsed
    return None


class Guard:
    """A guardian process: ends the groups it knows when this process ends, however it does."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-I", "-S", guardian.__file__, str(folder)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, start_new_session=True, stdout=subprocess.DEVNULL
        )

    def watch(self, group: int) -> None:
        """Add a process group to those that the guardian ends."""
        pipe = self._pipe()
        pipe.write(f"+{group}\n".encode())
        pipe.flush()

    def close(self) -> None:
        """Let the guardian clean up what is left, and wait for it."""
        self._pipe().close()
        self._process.wait()

    def _pipe(self) -> IO[bytes]:
        assert self._process.stdin is not None  # noqa: S101 (for the type checker: stdin=PIPE)
        return self._process.stdin


def wait_until_ready(
    processes: Sequence[RunningProcess], stop_requested: Callable[[], bool]
) -> dict[str, dict[str, Any]]:
    """Return the ready event of each process that says one; fewer when a stop is requested.

    Raises MockenvError if a process ends or does not serve in time.
    """
    started = time.monotonic()
    ready: dict[str, dict[str, Any]] = {}
    awaited = [process for process in processes if process.plan.says_ready]
    while len(ready) < len(awaited) and not stop_requested():
        for process in awaited:
            event = None if process.plan.name in ready else process.ready_event()
            if event:
                ready[process.plan.name] = event
        raise_if_ended(processes)
        _raise_if_late(awaited, ready, time.monotonic() - started)
        time.sleep(POLL_SECONDS)
    return ready


def raise_if_ended(processes: Sequence[RunningProcess]) -> None:
    """Raise MockenvError, with the log's last lines, if a process is gone."""
    for process in processes:
        code = process.exit_code()
        if code is not None:
            raise _ended(process, code)


def stop(processes: Sequence[RunningProcess], within_seconds: float = STOP_WITHIN_SECONDS) -> None:
    """End all processes together: ask first, kill what is still there when the time is over."""
    deadline = time.monotonic() + within_seconds
    for process in processes:
        process.signal(signal.SIGTERM)
    late = [process for process in processes if not process.wait(deadline - time.monotonic())]
    for process in late:
        process.signal(signal.SIGKILL)
        process.wait(1.0)


def _raise_if_late(
    processes: Sequence[RunningProcess], ready: dict[str, Any], waited_seconds: float
) -> None:
    for process in processes:
        limit = process.plan.ready_within_seconds
        if process.plan.name not in ready and waited_seconds > limit:
            message = f"the {process.plan.name} does not serve after {limit:.0f} seconds"
            raise MockenvError(_with_log(message, process), next_step=_read_log(process))


def _ended(process: RunningProcess, code: int) -> MockenvError:
    failure = process.failure()
    if failure:
        message = f"the {process.plan.name} could not start: {failure}"
    else:
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        message = f"the {process.plan.name} ended unexpectedly ({how})"
    return MockenvError(_with_log(message, process), next_step=_read_log(process))


def _with_log(message: str, process: RunningProcess) -> str:
    lines = process.last_log_lines()
    return "\n".join([message, *(f"  | {line}" for line in lines)])


def _read_log(process: RunningProcess) -> str:
    return f"the whole log is {process.plan.log}"
