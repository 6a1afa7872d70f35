"""Calls to the validator's process, well formed and not."""

import contextlib
import socket
import stat
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mockenv.local.invoke_server import INVOKE_PATH, MAX_EVENT_BYTES
from validator_run import (
    ACCEPTED,
    REFUSED,
    WAIT_SECONDS,
    UnixConnection,
    invoke,
    post,
    running,
    valid_event,
)
from validator_tokens import bearer


@pytest.fixture(scope="module")
def served() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "validator.sock"
        with running(path):
            yield path


@pytest.fixture
def connection(served: Path) -> Iterator[UnixConnection]:
    with contextlib.closing(UnixConnection(served)) as connection:
        yield connection


def test_a_right_token_is_accepted_and_a_wrong_one_refused(connection: UnixConnection) -> None:
    assert invoke(connection, valid_event()) == (200, ACCEPTED)
    assert invoke(connection, bearer("wrong")) == (200, REFUSED)


def test_a_connection_serves_many_requests(connection: UnixConnection) -> None:
    connection.connect()
    first_socket = connection.sock
    for _ in range(50):
        assert invoke(connection, valid_event()) == (200, ACCEPTED)
    assert connection.sock is first_socket


@pytest.mark.parametrize("event", [None, [], 7, "text", {}, {"headers": 7}])
def test_any_json_is_an_event(connection: UnixConnection, event: object) -> None:
    assert invoke(connection, event) == (200, REFUSED)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_not_json_is_a_bad_request(connection: UnixConnection, body: bytes) -> None:
    status, answer = post(connection, body)
    assert status == 400
    assert answer == {"Type": "User", "message": "the body is not JSON"}
    assert invoke(connection, valid_event()) == (200, ACCEPTED)


@pytest.mark.parametrize(
    "path", ["/", INVOKE_PATH + "/", "/2015-03-31/functions/other/invocations"]
)
def test_other_paths_do_not_exist(connection: UnixConnection, path: str) -> None:
    assert post(connection, b"{}", path)[0] == 404


def test_other_methods_are_not_served(connection: UnixConnection) -> None:
    connection.request("GET", INVOKE_PATH)
    assert connection.getresponse().status == 501


@pytest.mark.parametrize("length", ["", "-1", "+1", "1_0", "\u0661", "x"])
def test_a_body_of_unknown_length_is_not_read(served: Path, length: str) -> None:
    with contextlib.closing(UnixConnection(served)) as connection:
        connection.putrequest("POST", INVOKE_PATH)
        if length:
            connection.putheader("Content-Length", length.encode("utf-8"))
        connection.endheaders()
        assert connection.getresponse().status == 411


def test_a_body_over_the_limit_is_not_read(served: Path) -> None:
    with contextlib.closing(UnixConnection(served)) as connection:
        connection.putrequest("POST", INVOKE_PATH)
        connection.putheader("Content-Length", str(MAX_EVENT_BYTES + 1))
        connection.endheaders()
        response = connection.getresponse()
        assert response.status == 413
        assert response.getheader("Connection") == "close"


def test_a_body_that_was_not_read_is_not_the_next_request(served: Path) -> None:
    hidden = f"POST {INVOKE_PATH} HTTP/1.1\r\nContent-Length: 2\r\n\r\n{{}}".encode()
    for head in (
        b"Content-Length: 9999999",
        b"Transfer-Encoding: chunked",
        b"Content-Length: 0\r\nTransfer-Encoding: chunked",
    ):
        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(WAIT_SECONDS)
            caller.connect(str(served))
            caller.sendall(b"POST / HTTP/1.1\r\n" + head + b"\r\n\r\n" + hidden)
            with caller.makefile("rb") as answers:
                assert answers.read().count(b"HTTP/1.1 ") == 1


def test_a_body_that_ends_early_is_a_bad_request(served: Path) -> None:
    with contextlib.closing(UnixConnection(served)) as connection:
        connection.putrequest("POST", INVOKE_PATH)
        connection.putheader("Content-Length", "100")
        connection.endheaders(b"{}")
        connection.sock.shutdown(socket.SHUT_WR)
        assert connection.getresponse().status == 400


def test_200_concurrent_requests_are_all_answered(served: Path) -> None:
    events = [valid_event(), bearer("wrong")] * 100
    connections = [UnixConnection(served) for _ in events]
    for connection in connections:
        connection.connect()
    with ThreadPoolExecutor(len(events)) as pool:
        answers = list(pool.map(invoke, connections, events))
    for connection in connections:
        connection.close()
    assert answers == [(200, ACCEPTED), (200, REFUSED)] * 100


def test_a_caller_that_hangs_up_disturbs_nobody(served: Path, connection: UnixConnection) -> None:
    for sent in (b"", b"POST ", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n{"):
        with socket.socket(socket.AF_UNIX) as caller:
            caller.connect(str(served))
            caller.sendall(sent)
    assert invoke(connection, valid_event()) == (200, ACCEPTED)


def test_the_socket_is_for_its_owner(served: Path) -> None:
    assert stat.S_IMODE(served.stat().st_mode) == 0o600
