"""Mock hosts on loopback."""

import json
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from mockenv.local.tools import find_tools


@dataclass(frozen=True)
class Host:
    """A mock host that serves."""

    process_id: int
    port: int


@contextmanager
def mock_host(folder: Path, mocks: Mapping[str, Path | str]) -> Iterator[Host]:
    """Run the bundle alone, without its gateway role; the first mock stands at `/`.

    Each is a document, or the address of a server that requests are passed on to.
    """
    command = mock_host_command(folder, mocks)
    log = folder / "host.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--exit-with-stdin"], stdin=subprocess.PIPE, stdout=output
        )
    try:
        yield Host(process.pid, _port_when_ready(log, process))
    finally:
        process.terminate()
        process.wait()


def mock_host_command(folder: Path, mocks: Mapping[str, Path | str], port: int = 0) -> list[str]:
    """Write the bundle's configuration into a folder, and return the command that runs it."""
    paths = ["/", *(f"/{name}" for name in list(mocks)[1:])]
    config = {
        "environment": "bench",
        "token_header": "authorization",
        "mocks": [
            {"name": name, "path": path} | _engine(source)
            for (name, source), path in zip(mocks.items(), paths, strict=True)
        ],
    }
    file = folder / "environment.json"
    file.write_text(json.dumps(config))
    tools = find_tools()
    command = [str(tools.node), str(tools.mock_host), "--config", str(file)]
    return [*command, "--host", "127.0.0.1", "--port", str(port)]


def _engine(source: Path | str) -> dict[str, str]:
    if isinstance(source, Path):
        return {"engine": "prism", "document": str(source)}
    return {"engine": "service", "upstream": source}


def _port_when_ready(log: Path, process: subprocess.Popen[bytes]) -> int:
    while process.poll() is None:
        for line in log.read_text().splitlines():
            if '"ready"' in line:
                return int(json.loads(line)["url"].rpartition(":")[2])
        time.sleep(0.005)
    raise RuntimeError(f"the mock host ended: {log.read_text()}")


def status_of(port: int, path: str, headers: dict[str, str] | None = None) -> int:
    """Make one GET and return its status."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers=headers or {})
        return connection.getresponse().status
    finally:
        connection.close()
