"""Starts the validator as a real process and calls it over its Unix socket."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from mockenv.local.invoke_server import INVOKE_PATH
from validator_tokens import Json, bearer, claims, es256_token, settings

ROOT = Path(__file__).resolve().parents[1]
ACCEPTED = {
    "isAuthorized": True,
    "context": {"subject": "alice", "scopes": "", "kind": "jwt"},
}
REFUSED = {"isAuthorized": False, "context": {}}
WAIT_SECONDS = 30  # the end of a test that would hang, never what it measures


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("validator", timeout=WAIT_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


def invoke(connection: UnixConnection, event: object) -> tuple[int, Json]:
    return post(connection, json.dumps(event).encode())


def post(connection: UnixConnection, body: bytes, path: str = INVOKE_PATH) -> tuple[int, Json]:
    connection.request("POST", path, body)
    response = connection.getresponse()
    return response.status, json.loads(response.read())


def valid_event() -> Json:
    return bearer(es256_token(body=claims(exp=time.time() + 600)))


def start(
    path: Path, *options: str, token_settings: str | None = None, installed: bool = True
) -> "subprocess.Popen[str]":
    """Starts the validator; not `installed`, it sees the checkout and no site-packages."""
    environment = {**os.environ, "TOKEN_SETTINGS": token_settings or settings()}
    environment["PYTHONPATH"] = f"{ROOT}:{ROOT / 'lambda_src'}" if installed else str(ROOT)
    python = [sys.executable] if installed else [sys.executable, "-S"]
    return subprocess.Popen(
        [*python, "-m", "mockenv.local.validator_process", "--socket", str(path), *options],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def first_line(process: "subprocess.Popen[str]") -> Json:
    assert process.stdout is not None
    line: Json = json.loads(process.stdout.readline())
    return line


def finish(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    """Exit status and the rest of both outputs; the process must end by itself."""
    output, errors = process.communicate(timeout=WAIT_SECONDS)
    return process.returncode, output, errors


@contextlib.contextmanager
def running(path: Path, *options: str) -> "Iterator[subprocess.Popen[str]]":
    process = start(path, *options)
    try:
        assert first_line(process) == {"event": "ready"}
        yield process
    finally:
        process.kill()
        process.communicate()
