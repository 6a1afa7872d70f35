"""The mock host beside the Prism CLI of the same version, on the same documents."""

import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.hosts import Host, mock_host, put_load_on, status_of
from bench.memory import GITHUB
from bench.result import Result, interleave
from mockenv.local.tools import CHECKOUT, find_tools

PRISM = CHECKOUT / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
PETSTORE = CHECKOUT / "tests" / "specs" / "petstore-expanded.yaml"
START_SECONDS = 60


def measure_engines(rounds: int) -> list[Result]:
    """Measure answers per CPU second; no server logs a request but ours, which always does."""
    return [
        _compare("pet store, GET /pets", PETSTORE, "/pets", rounds, limit=1),
        _compare(
            "GitHub's 13 MB, GET /repos/a/b/issues", GITHUB, "/repos/a/b/issues", rounds, limit=100
        ),
    ]


def _compare(name: str, document: Path, path: str, rounds: int, *, limit: float) -> Result:
    with (
        tempfile.TemporaryDirectory() as folder,
        mock_host(Path(folder), {"mock": document}) as host,
        _prism_cli(document, path) as prism,
    ):
        ours, theirs = interleave(
            lambda: put_load_on(host, path).per_cpu_second,
            lambda: put_load_on(prism, path).per_cpu_second,
            rounds,
        )
    return Result(
        name=f"mock host, {name}",
        unit="per CPU s",
        ours=ours,
        theirs=theirs,
        compared_with="the Prism CLI 5.16, silent",
        limit=limit,
        limit_is_least=True,
    )


@contextmanager
def _prism_cli(document: Path, path: str) -> Iterator[Host]:
    port = _free_port()
    command = [str(find_tools().node), str(PRISM), "mock", str(document), "--host", "127.0.0.1"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--verboseLevel", "silent"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for_200(port, path)
        yield Host(process.pid, port)
    finally:
        process.terminate()
        process.wait()


def _wait_for_200(port: int, path: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if status_of(port, path) == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the Prism CLI does not answer 200 at {path}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
