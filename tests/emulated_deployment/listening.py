"""At which addresses a process and its children listen."""

import ipaddress
import os
import socket
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
LISTENING = "0A"
TABLES = ("net/tcp", "net/tcp6")


def addresses(pid: int) -> set[str]:
    """List the addresses, as ip:port, at which a process or one of its descendants listens."""
    inodes = set(_inodes(family(pid)))
    rows = (PROC / table for table in TABLES)
    return {found for file in rows for found in listeners(file.read_text(), inodes)}


def beyond_loopback(found: Iterable[str]) -> set[str]:
    """Keep those that other machines can reach."""
    return {each for each in found if not _address(each).is_loopback}


def listeners(table: str, inodes: set[str]) -> Iterator[str]:
    """Read /proc/net/tcp or tcp6: the listening sockets among `inodes`, as ip:port."""
    for line in table.splitlines()[1:]:
        fields = line.split()
        if fields[3] == LISTENING and fields[9] in inodes:
            address, _, port = fields[1].partition(":")
            yield f"{_readable(address)}:{int(port, 16)}"


def family(pid: int) -> Iterator[int]:
    """Yield a process and its descendants."""
    yield pid
    try:
        children = (PROC / f"{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it has ended meanwhile
        return
    for child in children:
        yield from family(int(child))


def _inodes(pids: Iterable[int]) -> Iterator[str]:
    for pid in pids:
        with suppress(FileNotFoundError):  # the process has ended meanwhile
            for descriptor in (PROC / f"{pid}/fd").iterdir():
                target = _target(descriptor)
                if target.startswith("socket:["):
                    yield target[8:-1]


def _target(descriptor: Path) -> str:
    try:
        return os.readlink(descriptor)
    except FileNotFoundError:  # it was closed meanwhile
        return ""


def _readable(address: str) -> str:
    """The kernel writes addresses as 32-bit words in the machine's byte order."""
    words = bytes.fromhex(address)
    turned = b"".join(words[at : at + 4][::-1] for at in range(0, len(words), 4))
    kind = socket.AF_INET if len(turned) == 4 else socket.AF_INET6
    return socket.inet_ntop(kind, turned)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    address = ipaddress.ip_address(text.rpartition(":")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address
