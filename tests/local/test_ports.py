"""Free ports."""

import socket

from mockenv.local.ports import free_ports


def test_a_port_in_use_is_passed_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found = free_ports(["a", "b"], first=port)
    assert port not in found.values()
    assert found["a"] < found["b"]


def test_nobody_needs_a_port() -> None:
    assert free_ports([]) == {}
