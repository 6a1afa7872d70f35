"""Ends the processes of a local run if the program that started them is killed.

It runs as a process of its own, in its own session. The program that it guards writes a line to it
for each process group that it starts (`+1234`); when the pipe closes, for whatever reason, the
guardian ends what is left of those groups and removes the run's folder of sockets.

Started by file name with `python -I -S`, so it imports the standard library only.
"""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterable

GRACE_SECONDS = 2.0


def read_groups(lines: Iterable[str]) -> set[int]:
    """Collect the process groups named by `+1234` lines until the lines end."""
    return {int(line[1:]) for line in lines if line[:1] == "+" and line[1:].strip().isdigit()}


def end_groups(
    groups: set[int],
    *,
    send: Callable[[int, int], None],
    wait: Callable[[float], None],
    grace_seconds: float = GRACE_SECONDS,
    step_seconds: float = 0.05,
) -> None:
    """Ask the groups to end, and kill those that are still there after the grace time."""
    left = {group for group in groups if _reaches(group, signal.SIGTERM, send)}
    waited = 0.0
    while left and waited < grace_seconds:
        wait(step_seconds)
        waited += step_seconds
        left = {group for group in left if _reaches(group, 0, send)}
    for group in left:
        _reaches(group, signal.SIGKILL, send)


def _reaches(group: int, number: int, send: Callable[[int, int], None]) -> bool:
    try:
        send(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def main(folder: str) -> None:
    """Wait for the end of standard input, then clean up."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups = read_groups(sys.stdin)
    end_groups(groups, send=os.killpg, wait=time.sleep)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1])
