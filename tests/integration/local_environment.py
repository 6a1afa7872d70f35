"""Starts a real `mockenv up` and talks to it."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

SPECS = Path(__file__).parents[1] / "specs"
START_WITHIN_SECONDS = 60

SETTINGS = """\
project: shop
mocks:
  petstore: {path: /petstore, spec: petstore-expanded.yaml}
  patents: {path: /offices/us, spec: uspto.yaml}
  games: {path: /games, spec: tictactoe.yaml}
tokens:
  cache_seconds: 60
  kinds:
    - {kind: static, sha256: [d7ecdf25eaf3deba0f2628771dbdd22d4138ab6cf38f91ed02a2ca0dec7c8ab7]}
environments:
  rooted-*: {}
"""
STATIC_TOKEN = "open-sesame"


@dataclass(frozen=True)
class Answer:
    """What came back: header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Running:
    """A `mockenv up` process and what it said when it served."""

    process: subprocess.Popen[str]
    said: dict[str, Any]
    folder: Path
    stderr: Path = field(repr=False)

    @property
    def port(self) -> int:
        return int(self.said["url"].rpartition(":")[2])

    @property
    def token(self) -> str:
        return str(self.said["token"])

    def request(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Make a request as it is written: no normalization, no token of its own."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body=body, headers=named)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        """GET with the token that `mockenv up` printed."""
        return self.request("GET", path, None, authorization=f"Bearer {self.token}", **headers)

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(20)


def settings_folder(folder: Path, settings: str = SETTINGS) -> Path:
    """Make a folder with a mockenv.yaml and the documents that it may name."""
    for spec in SPECS.glob("*.yaml"):
        shutil.copy(spec, folder)
    (folder / "mockenv.yaml").write_text(settings)
    return folder


def mockenv(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    command = [sys.executable, "-m", "mockenv", *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


def start_up(folder: Path, *arguments: str) -> Running:
    """Start `mockenv up` and wait until it says that it serves."""
    stderr = folder / "stderr"
    command = [sys.executable, "-m", "mockenv", "up", "--json", "--port", "0", *arguments]
    with stderr.open("w") as errors:
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=errors, text=True,
            start_new_session=True, env={**os.environ, "NO_COLOR": "1"},
        )  # fmt: skip
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, f"mockenv up said nothing; its errors: {stderr.read_text()}"
    return Running(process, json.loads(line), folder, stderr)
