"""The validator as a process: how it starts, fails to start, and ends."""

import contextlib
import hashlib
import json
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from validator_run import (
    ACCEPTED,
    UnixConnection,
    finish,
    first_line,
    invoke,
    running,
    start,
    valid_event,
)
from validator_tokens import Json, bearer, claims, es256_token, settings


@pytest.fixture
def socket_path() -> Iterator[Path]:
    # Not tmp_path: a Unix socket's path has at most 107 bytes.
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "validator.sock"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_even_with_open_connections(socket_path: Path, number: int) -> None:
    with running(socket_path) as process, contextlib.closing(UnixConnection(socket_path)) as idle:
        invoke(idle, valid_event())
        process.send_signal(number)
        assert finish(process) == (0, "", "")
        assert not socket_path.exists()


def test_it_ends_with_its_standard_input_if_asked(socket_path: Path) -> None:
    with running(socket_path, "--exit-with-stdin") as process:
        assert process.stdin is not None
        process.stdin.write("what is written is ignored\n")
        process.stdin.close()
        process.stdin = None
        assert finish(process) == (0, "", "")
        assert not socket_path.exists()


def test_it_outlives_its_standard_input_otherwise(socket_path: Path) -> None:
    with running(socket_path) as process, contextlib.closing(UnixConnection(socket_path)) as caller:
        assert process.stdin is not None
        process.stdin.close()
        process.stdin = None
        assert invoke(caller, valid_event()) == (200, ACCEPTED)
        assert process.poll() is None


def test_refusals_are_lines_on_standard_output_without_the_token(socket_path: Path) -> None:
    with running(socket_path) as process, contextlib.closing(UnixConnection(socket_path)) as caller:
        token = es256_token(body=claims(exp=1))
        invoke(caller, bearer(token))
        process.terminate()
        _, output, errors = finish(process)
    assert json.loads(output)["reason"] == "token_expired"
    assert token.rpartition(".")[2] not in output
    assert errors == ""


def test_a_socket_that_a_killed_process_left_is_taken_over(socket_path: Path) -> None:
    with running(socket_path) as process:
        process.kill()
        process.wait()
    assert socket_path.exists()
    with running(socket_path), contextlib.closing(UnixConnection(socket_path)) as caller:
        assert invoke(caller, valid_event()) == (200, ACCEPTED)


def failure(process: "subprocess.Popen[str]") -> str:
    """The message of a process that could not start."""
    status, output, errors = finish(process)
    assert (status, errors) == (1, "")
    failed = json.loads(output.splitlines()[-1])
    assert failed["event"] == "failed"
    return str(failed["message"])


def test_a_socket_in_use_is_left_alone(socket_path: Path) -> None:
    with running(socket_path), contextlib.closing(UnixConnection(socket_path)) as caller:
        assert "another process listens there" in failure(start(socket_path))
        assert invoke(caller, valid_event()) == (200, ACCEPTED)


def test_a_file_in_the_place_of_the_socket_is_left_alone(socket_path: Path) -> None:
    socket_path.write_text("precious")
    assert "not a socket" in failure(start(socket_path))
    assert socket_path.read_text() == "precious"


def test_a_path_that_can_not_be_a_socket_is_said(socket_path: Path) -> None:
    assert "AF_UNIX path too long" in failure(start(socket_path.with_name("x" * 200)))
    assert "No such file" in failure(start(socket_path / "missing" / "validator.sock"))


@pytest.mark.parametrize(
    ("token_settings", "message"),
    [
        ("{", "TOKEN_SETTINGS: not usable JSON"),
        ('{"header": "authorization", "kinds": []}', "kinds: not a list with at least one entry"),
    ],
)
def test_settings_that_can_not_be_used_are_said_at_once(
    socket_path: Path, token_settings: str, message: str
) -> None:
    assert message in failure(start(socket_path, token_settings=token_settings))
    assert not socket_path.exists()


def test_a_checkout_that_is_not_installed_finds_the_validator(socket_path: Path) -> None:
    static: Json = {"kind": "static", "sha256": [hashlib.sha256(b"static-token").hexdigest()]}
    process = start(socket_path, token_settings=settings(static), installed=False)
    try:
        assert first_line(process) == {"event": "ready"}
        with contextlib.closing(UnixConnection(socket_path)) as caller:
            assert invoke(caller, bearer("static-token"))[1]["isAuthorized"] is True
    finally:
        process.terminate()
        assert finish(process) == (0, "", "")
