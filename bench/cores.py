"""One core for the server that is measured, another for what puts load on it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


def server_core() -> int:
    """Return the first core that this process may use."""
    return min(os.sched_getaffinity(0))


def load_core() -> int:
    """Return the last one; on a machine with a single core it is the server's as well."""
    return max(os.sched_getaffinity(0))


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Start processes on one core: they inherit it, and this process gets its own cores back."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
