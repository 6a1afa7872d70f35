"""Requests through the emulator's gateway and its load balancer."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass

from emulated_deployment.ministack import Ministack

SECONDS = 40


@dataclass(frozen=True)
class Answer:
    """A status, and the start of a body."""

    status: int
    body: str

    def __str__(self) -> str:
        return f"{self.status} {self.body[:120]}"


@dataclass(frozen=True)
class Caller:
    """Somebody who knows an environment's API, or stands in the network of its balancer."""

    ministack: Ministack
    api_id: str
    balancer: str

    def gateway(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask the HTTP API, found by its host name as on AWS."""
        return self.by_name(f"{self.api_id}.execute-api.localhost", path, headers)

    def by_name(self, name: str, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for a path at a host name."""
        host = f"{name}:{self.ministack.port}"
        return self._get(path, {"host": host, **(headers or {})})

    def load_balancer(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask the load balancer, whose rules choose by header."""
        return self._get(f"/_alb/{self.balancer}{path}", headers or {})

    def _get(self, path: str, headers: Mapping[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.ministack.port, timeout=SECONDS)
        try:
            connection.request("GET", path, headers=dict(headers))
            response = connection.getresponse()
            return Answer(response.status, response.read().decode(errors="replace"))
        finally:
            connection.close()
