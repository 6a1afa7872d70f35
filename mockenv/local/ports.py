"""Finds loopback ports that nobody listens on, and keeps other runs away from them."""

import fcntl
import os
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from mockenv.local.plan import LOOPBACK
from mockenv.names import FIRST_SIDECAR_PORT


def reservations_folder() -> Path:
    """Return where all runs of this user note the ports that they have taken."""
    return Path(tempfile.gettempdir()) / f"mockenv-ports-{os.getuid()}"


@contextmanager
def reserved_ports(
    names: Sequence[str], *, folder: Path, first: int = FIRST_SIDECAR_PORT
) -> Iterator[dict[str, int]]:
    """Give each name the next port from `first` on that is free, and no other run's, until the end.

    A MockServer takes two seconds to listen; without a note, a run that starts meanwhile would
    take its port, and then each fill the other's MockServer.
    """
    with ExitStack() as notes:
        ports: dict[str, int] = {}
        candidate = first
        for name in names:
            while not (_is_free(candidate) and _note(candidate, folder, notes)):
                candidate += 1
            ports[name] = candidate
            candidate += 1
        yield ports


def _is_free(port: int) -> bool:
    try:
        with socket.create_server((LOOPBACK, port)):
            return True
    except OSError:
        return False


def _note(port: int, folder: Path, notes: ExitStack) -> bool:
    """Lock the port's file for as long as this process lives; False if another one has it."""
    folder.mkdir(mode=0o700, exist_ok=True)
    note = (folder / str(port)).open("a")
    try:
        fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        note.close()
        return False
    notes.enter_context(note)
    return True
