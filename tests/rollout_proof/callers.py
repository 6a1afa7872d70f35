"""Callers that never pause: quick requests one after another, slow ones beside them."""

import threading
import time
from collections import Counter
from collections.abc import Callable

QUICK_CALLERS = 3
SLOW_CALLERS = 6
PAUSE_SECONDS = 0.005

Send = Callable[[dict[str, str]], int]


class Callers:
    """Counts statuses from the beginning of a `with` block to its end."""

    def __init__(self, send: Send, *, slow_seconds: float, pause_seconds: float = PAUSE_SECONDS):
        self.statuses: Counter[int] = Counter()
        self._send = send
        self._pause = pause_seconds
        self._ended = threading.Event()
        self._lock = threading.Lock()
        slow = {"x-mock-delay-ms": str(int(slow_seconds * 1_000))} if slow_seconds else {}
        kinds: list[dict[str, str]] = [{}] * QUICK_CALLERS + [slow] * SLOW_CALLERS
        self._threads = [threading.Thread(target=self._call, args=(kind,)) for kind in kinds]

    def __enter__(self) -> "Callers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    @property
    def failed(self) -> int:
        """How many requests got anything but the mock's answer."""
        return self.statuses.total() - self.statuses[200]

    def _call(self, headers: dict[str, str]) -> None:
        while not self._ended.is_set():
            status = self._send(dict(headers))
            with self._lock:
                self.statuses[status] += 1
            time.sleep(self._pause)
