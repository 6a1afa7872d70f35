"""Free ports, and other runs that look for some at the same time."""

import socket
from pathlib import Path

from mockenv.local.ports import reserved_ports


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def test_a_port_in_use_is_passed_over(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with reserved_ports(["a", "b"], folder=tmp_path, first=port) as found:
            assert port not in found.values()
            assert found["a"] < found["b"]


def test_a_port_that_another_run_has_taken_is_passed_over_before_anybody_listens(
    tmp_path: Path,
) -> None:
    first = free_port()
    with reserved_ports(["a"], folder=tmp_path, first=first) as one:
        with reserved_ports(["a"], folder=tmp_path, first=first) as other:
            assert one["a"] != other["a"]
        with reserved_ports(["a"], folder=tmp_path, first=first) as third:
            assert third == other
    with reserved_ports(["a"], folder=tmp_path, first=first) as again:
        assert again == one


def test_nobody_needs_a_port(tmp_path: Path) -> None:
    with reserved_ports([], folder=tmp_path) as found:
        assert found == {}
    assert list(tmp_path.iterdir()) == []
