"""Mock hosts and the load that is put on them, on loopback, bounded in time."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from bench.process_time import cpu_seconds
from mockenv.local.tools import CHECKOUT, find_tools

CONNECTIONS = 16
LOAD_SECONDS = 4


@dataclass(frozen=True)
class Host:
    """A mock host that serves."""

    process_id: int
    port: int


@contextmanager
def mock_host(folder: Path, mocks: dict[str, Path]) -> Iterator[Host]:
    """Run the bundle alone, without its gateway role; the first mock stands at `/`."""
    paths = ["/", *(f"/{name}" for name in list(mocks)[1:])]
    config = {
        "environment": "bench",
        "token_header": "authorization",
        "mocks": [
            {"name": name, "path": path, "engine": "prism", "document": str(document)}
            for (name, document), path in zip(mocks.items(), paths, strict=True)
        ],
    }
    file = folder / "environment.json"
    file.write_text(json.dumps(config))
    tools = find_tools()
    command = [str(tools.node), str(tools.mock_host), "--config", str(file), "--host", "127.0.0.1"]
    log = folder / "host.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--port", "0", "--exit-with-stdin"], stdin=subprocess.PIPE, stdout=output
        )
    try:
        yield Host(process.pid, _port_when_ready(log, process))
    finally:
        process.terminate()
        process.wait()


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


@dataclass(frozen=True)
class Load:
    """What came of a load: answers per wall and per CPU second of the host, and slow answers."""

    per_second: float
    per_cpu_second: float
    p99_ms: float


def put_load_on(host: Host, path: str, headers: dict[str, str] | None = None) -> Load:
    """Load a host for four seconds over 16 connections; raises if an answer is not 2xx."""
    command = [
        str(find_tools().node), str(CHECKOUT / "node_modules" / "autocannon" / "autocannon.js"),
        "--json", "--connections", str(CONNECTIONS), "--duration", str(LOAD_SECONDS),
        *(f"--headers={name}={value}" for name, value in (headers or {}).items()),
        f"http://127.0.0.1:{host.port}{path}",
    ]  # fmt: skip
    before = cpu_seconds(host.process_id)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    used = cpu_seconds(host.process_id) - before
    report = json.loads(done.stdout)
    if report["non2xx"] or report["errors"]:
        raise RuntimeError(f"{report['non2xx']} bad answers, {report['errors']} errors at {path}")
    answers = report["2xx"]
    return Load(answers / report["duration"], answers / used, report["latency"]["p99"])
