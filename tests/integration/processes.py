"""Looks at processes, by way of Linux's /proc."""

from pathlib import Path

from integration.local_environment import Running


def children(parent: int) -> dict[int, str]:
    """Return the processes that a process started, with their command lines (Linux's /proc)."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found[int(entry.name)] = command
    return found


def is_alive(process_id: int) -> bool:
    try:
        return (Path("/proc") / str(process_id) / "stat").read_text().rpartition(")")[2][1] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def child_named(running: Running, part: str) -> int:
    return next(pid for pid, command in children(running.process.pid).items() if part in command)
