"""How fast a local environment answers: its start, and what its gateway role costs."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.hosts import Host, mock_host, status_of
from bench.load import put_load_on
from bench.process_time import clean_environment
from bench.result import Result, interleave
from mockenv.local.tools import CHECKOUT

SAMPLE = CHECKOUT / "mockenv.yaml"
SAMPLE_DOCUMENTS = {name: CHECKOUT / "mocks" / f"{name}.yaml" for name in ("core", "auth", "psp")}
FIRST_PATH = "/"


def measure_start(rounds: int) -> Result:
    """Measure from the start of a process to its first 200."""
    ours, theirs = interleave([_mockenv_up_seconds, _host_alone_seconds], rounds)
    return Result(
        name="`mockenv up` of the sample, to the first 200",
        unit="s",
        ours=ours,
        theirs=theirs,
        compared_with="the mock host alone",
        limit=0.5,
        is_difference=True,
    )


def measure_gateway(rounds: int) -> list[Result]:
    """Measure what the gateway role costs: token cached, access log on, on both sides."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _running_up() as (gateway, headers),
        mock_host(Path(folder), SAMPLE_DOCUMENTS) as plain,
    ):
        ours, theirs = interleave(
            [
                lambda: put_load_on(gateway, FIRST_PATH, headers).per_cpu_second,
                lambda: put_load_on(plain, FIRST_PATH, headers).per_cpu_second,
            ],
            rounds,
        )
    return [
        Result(
            name="requests with a cached token answer and access log",
            unit="per CPU s",
            ours=ours,
            theirs=theirs,
            compared_with="the same host, gateway role off",
            limit=0.85,
            limit_is_least=True,
        )
    ]


def _host_alone_seconds() -> float:
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        with mock_host(Path(folder), SAMPLE_DOCUMENTS) as host:
            _expect_200(host, {})
            return time.perf_counter() - started


def _mockenv_up_seconds() -> float:
    started = time.perf_counter()
    with _running_up() as (host, headers):
        _expect_200(host, headers)
        return time.perf_counter() - started


def _expect_200(host: Host, headers: dict[str, str]) -> None:
    status = status_of(host.port, FIRST_PATH, headers)
    if status != 200:
        raise RuntimeError(f"{FIRST_PATH} answered {status}")


@contextmanager
def _running_up() -> Iterator[tuple[Host, dict[str, str]]]:
    """Run `mockenv up` on the sample; yields its mock host and a caller's headers."""
    program = str(Path(sys.executable).parent / "mockenv")
    command = [program, "up", "--json", "--port", "0", "--file", str(SAMPLE), "--env", "bench"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=clean_environment()
    )
    try:
        said = json.loads(process.stdout.readline() if process.stdout else b"")
        port = int(said["url"].rpartition(":")[2])
        host = Host(_child_running("mock_host", process.pid), port)
        yield host, {"authorization": f"Bearer {said['token']}"}
    finally:
        process.terminate()
        process.wait()


def _child_running(part: str, parent: int) -> int:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
            command = (entry / "cmdline").read_bytes().decode()
        except OSError:
            continue
        if int(stat[1]) == parent and part in command:
            return int(entry.name)
    raise RuntimeError(f"no child of {parent} runs {part}")
