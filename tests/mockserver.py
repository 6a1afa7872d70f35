"""A MockServer of its own for a test: the real one, from its jar, on a free port of loopback."""

import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mockenv.local.plan import LOOPBACK
from mockenv.local.ports import reservations_folder, reserved_ports
from mockenv.local.tools import find_tools

PATIENCE_SECONDS = 60
SMALL = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


@contextmanager
def running_mockserver(folder: Path, variables: Mapping[str, str]) -> Iterator[str]:
    """Run MockServer, configured by variables alone; yield its address."""
    with reserved_ports(["mockserver"], folder=reservations_folder()) as ports:
        process = _started(folder, variables, ports["mockserver"])
        try:
            yield _wait_until_it_answers(process, f"http://{LOOPBACK}:{ports['mockserver']}")
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE_SECONDS)


def _started(folder: Path, variables: Mapping[str, str], port: int) -> subprocess.Popen[bytes]:
    tools = find_tools(with_mockserver=True)
    return subprocess.Popen(
        [str(tools.java), *SMALL, "-jar", str(tools.mockserver)],
        # Its image sets SERVER_PORT: the other one has to win.
        env={
            "MOCKSERVER_LOCAL_BOUND_IP": LOOPBACK,
            **variables,
            "MOCKSERVER_SERVER_PORT": str(port),
            "SERVER_PORT": "1",
        },
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait_until_it_answers(process: subprocess.Popen[bytes], url: str) -> str:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "MockServer ended by itself"
        try:
            status(f"{url}/anything")
        except OSError:
            time.sleep(0.1)
        else:
            return url
    raise AssertionError("MockServer does not answer")


def status(url: str) -> int:
    """GET, and return the status."""
    return _status(urllib.request.Request(url))  # noqa: S310 (loopback)


def put_expectations(url: str, expectations: list[Any]) -> int:
    """PUT expectations as they are, and return the status."""
    body = json.dumps(expectations).encode()
    address = f"{url}/mockserver/expectation"
    return _status(urllib.request.Request(address, data=body, method="PUT"))  # noqa: S310


def _status(request: urllib.request.Request) -> int:
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
