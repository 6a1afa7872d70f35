"""What a whole process costs: wall and CPU seconds, as the operating system accounts for them."""

import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mockenv.errors import MockenvError

CLOCK_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class ProcessTime:
    """Seconds of one finished process; `cpu` counts its children that it waited for too."""

    wall: float
    cpu: float


def time_process(
    command: Sequence[str], folder: Path, variables: Mapping[str, str] | None = None
) -> ProcessTime:
    """Run a command to its end; raises MockenvError, with what it printed, if it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=clean_environment(variables), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )  # fmt: skip
    printed = process.stdout.read() if process.stdout else b""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise MockenvError(
            f"{' '.join(command)} failed:\n{printed.decode(errors='replace')[-2000:]}",
            next_step="run it by hand, then measure again",
        )
    return ProcessTime(wall, usage.ru_utime + usage.ru_stime)


def clean_environment(variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this environment without what keeps Python from using compiled files."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | dict(variables or {})


def cpu_seconds(process_id: int) -> float:
    """Return the CPU time that a running process has used so far (Linux's /proc)."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS_PER_SECOND


def children_cpu_seconds() -> float:
    """Return the CPU time of all children that ended and were waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def wait_until_idle(process_id: int, at_most_seconds: float = 10) -> None:
    """Wait until a process stops using the CPU: what a load left behind is worked off."""
    deadline = time.monotonic() + at_most_seconds
    while time.monotonic() < deadline:
        before = cpu_seconds(process_id)
        time.sleep(0.05)
        if cpu_seconds(process_id) - before <= 1 / CLOCK_TICKS_PER_SECOND:
            return


def resident_bytes(process_id: int, field: str = "VmRSS") -> int:
    """Return a running process's resident memory: VmRSS now, VmHWM at its highest."""
    for line in Path(f"/proc/{process_id}/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024
    return 0
