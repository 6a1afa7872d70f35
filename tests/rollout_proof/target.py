"""A task as the load balancer sees it: an address, its health, and connections kept open to it."""

import http.client
import threading
import time
from dataclasses import dataclass, field

from mockenv.names import HEALTH_PATH

BAD_GATEWAY = 502
# What this machine takes at most when it is busy; not scaled, as no scaling makes it faster.
PATIENCE_SECONDS = 10.0


@dataclass(eq=False)
class Target:
    """Takes requests by kept connections, each used again until it was idle for `idle_seconds`.

    It never looks whether the task has closed one meanwhile: what for a real balancer is a matter
    of milliseconds is certain here.
    """

    port: int
    idle_seconds: float
    is_healthy: bool = False
    is_draining: bool = False
    checked_well: int = 0
    checked_ill: int = 0
    _idle: list[tuple[float, http.client.HTTPConnection]] = field(default_factory=list)
    _busy: set[http.client.HTTPConnection] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def exchange(self, headers: dict[str, str]) -> int:
        """Send one request; return its status, 502 where the task gives no answer."""
        connection = self._take()
        try:
            connection.request("GET", "/", headers=headers)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            self._done(connection, keep=False)
            return BAD_GATEWAY
        self._done(connection, keep=not response.will_close)
        return response.status

    def cut(self) -> None:
        """Close what is still under way, as the balancer does after the deregistration delay."""
        with self._lock:
            busy = list(self._busy)
        for connection in busy:
            if connection.sock is not None:
                connection.sock.shutdown(2)

    def check(self, healthy_checks: int, unhealthy_checks: int) -> None:
        """Ask for the task's health once, and change its state at so many equal answers."""
        if self._answers_well():
            self.checked_well, self.checked_ill = self.checked_well + 1, 0
        else:
            self.checked_well, self.checked_ill = 0, self.checked_ill + 1
        if self.checked_well >= healthy_checks:
            self.is_healthy = True
        if self.checked_ill >= unhealthy_checks:
            self.is_healthy = False

    def _answers_well(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", HEALTH_PATH)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _take(self) -> http.client.HTTPConnection:
        with self._lock:
            connection = self._kept() or http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=PATIENCE_SECONDS
            )
            self._busy.add(connection)
            return connection

    def _kept(self) -> http.client.HTTPConnection | None:
        while self._idle:
            since, connection = self._idle.pop()
            if time.monotonic() - since < self.idle_seconds:
                return connection
            connection.close()
        return None

    def _done(self, connection: http.client.HTTPConnection, *, keep: bool) -> None:
        with self._lock:
            self._busy.discard(connection)
            if keep:
                self._idle.append((time.monotonic(), connection))
        if not keep:
            connection.close()
