"""MockServer's own program, configured by the variables of the synthesized container."""

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from mockenv.local.tools import find_tools
from synthesized import Synthesized

PATIENCE_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mockserver(synthesized: Synthesized, tmp_path: Path) -> Iterator[str]:
    """Start MockServer with the ledger's variables, but a free port; yield its address."""
    container = synthesized.container("pr-7", "mockserver-ledger")
    variables = {each["Name"]: each["Value"] for each in container["Environment"]}
    expectations = tmp_path / "ledger.json"
    expected = {"httpRequest": {"path": "/entries"}, "httpResponse": {"statusCode": 202}}
    expectations.write_text(json.dumps([expected]), encoding="utf-8")
    port = str(free_port())
    # The image itself sets SERVER_PORT: what the template says has to win.
    changed = {"MOCKSERVER_SERVER_PORT": port, "SERVER_PORT": str(free_port())}
    changed["MOCKSERVER_INITIALIZATION_JSON_PATH"] = str(expectations)
    assert set(changed) - {"SERVER_PORT"} <= set(variables)
    tools = find_tools(with_mockserver=True)
    process = subprocess.Popen(
        [str(tools.java), "-jar", str(tools.mockserver)],
        env=variables | changed,
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield wait_until_it_answers(process, f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)


def wait_until_it_answers(process: subprocess.Popen[bytes], url: str) -> str:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "MockServer ended by itself"
        try:
            status(f"{url}/entries")
        except OSError:
            time.sleep(0.1)
        else:
            return url
    raise AssertionError("MockServer does not answer")


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_mockserver_answers_as_expected_and_passes_nothing_on(mockserver: str) -> None:
    assert status(f"{mockserver}/entries") == 202
    assert status(f"{mockserver}/unknown") == 404
