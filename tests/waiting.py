"""Waits for what real processes do in their own time."""

import time
from collections.abc import Callable


def eventually(condition: Callable[[], bool], within_seconds: float = 15) -> bool:
    """Return whether a condition comes true in time, looking twenty times a second."""
    deadline = time.monotonic() + within_seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return condition()
