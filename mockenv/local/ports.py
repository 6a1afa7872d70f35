"""Finds loopback ports that nobody listens on."""

import socket
from collections.abc import Sequence

from mockenv.local.plan import LOOPBACK
from mockenv.names import FIRST_SIDECAR_PORT


def free_ports(names: Sequence[str], first: int = FIRST_SIDECAR_PORT) -> dict[str, int]:
    """Give each name the next port from `first` on that is free now."""
    ports: dict[str, int] = {}
    candidate = first
    for name in names:
        while not _is_free(candidate):
            candidate += 1
        ports[name] = candidate
        candidate += 1
    return ports


def _is_free(port: int) -> bool:
    try:
        with socket.create_server((LOOPBACK, port)):
            return True
    except OSError:
        return False
