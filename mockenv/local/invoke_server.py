"""The Lambda Invoke API over HTTP on a Unix socket, for one function.

A subset of https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html: synchronous calls,
the event as body, the handler's result as answer; an exception is a 200 with the header
X-Amz-Function-Error, as on AWS.
"""

import errno
import json
import os
import socket
import stat
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingMixIn, UnixStreamServer
from typing import Any

INVOKE_PATH = "/2015-03-31/functions/function/invocations"
MAX_EVENT_BYTES = 6 * 1024 * 1024  # Lambda's limit for a synchronous invocation
_IDLE_SECONDS = 120  # longer than a client keeps idle connections, so that none dies in its hands

Handler = Callable[[object, object], object]


class SocketInUseError(Exception):
    """Somebody else listens on the socket, or its path is taken by another kind of file."""


class InvokeServer(ThreadingMixIn, UnixStreamServer):
    """Serves `handler` on a socket at `path` with mode 0600, a thread per connection."""

    daemon_threads = True
    # A connection beyond the backlog fails at once on a Unix socket (EAGAIN) instead of waiting.
    request_queue_size = 1024

    def __init__(self, path: Path, handler: Handler) -> None:
        self.handler = handler
        _clear_stale_socket(path)
        super().__init__(str(path), _InvokeRequest)

    def server_bind(self) -> None:
        """Binds with the right mode from the start; not while other threads create files."""
        previous = os.umask(0o177)
        try:
            super().server_bind()
        finally:
            os.umask(previous)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Prints what is a fault of ours; a caller that hangs up in between is none."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def _clear_stale_socket(path: Path) -> None:
    """Removes what a killed process left behind; never a socket that answers or a file."""
    try:
        if not stat.S_ISSOCK(path.lstat().st_mode):
            raise SocketInUseError("there is a file that is not a socket; choose another path")
    except FileNotFoundError:
        return
    if _is_answered(path):
        raise SocketInUseError("another process listens there; end it or choose another path")
    path.unlink(missing_ok=True)


def _is_answered(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.setblocking(False)
        return probe.connect_ex(str(path)) in (0, errno.EAGAIN, errno.EINPROGRESS)


class _InvokeRequest(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECONDS
    server: InvokeServer

    def do_POST(self) -> None:
        """Calls the function with the body as event."""
        body = self._read_body()
        if body is None:
            return
        if self.path != INVOKE_PATH:
            self._refuse(404, "ResourceNotFoundException", f"only {INVOKE_PATH} exists")
            return
        try:
            event = json.loads(body)
        except (ValueError, RecursionError):
            self._refuse(400, "InvalidRequestContentException", "the body is not JSON")
            return
        self._invoke(event)

    def _read_body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdigit()):
            self._refuse_unread(411, "a Content-Length is needed, and no Transfer-Encoding")
            return None
        if int(length) > MAX_EVENT_BYTES:
            self._refuse_unread(413, f"events have at most {MAX_EVENT_BYTES} bytes")
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self._refuse_unread(400, "the body is shorter than its Content-Length")
            return None
        return body

    def _invoke(self, event: object) -> None:
        try:
            result = json.dumps(self.server.handler(event, None)).encode("utf-8")
        except Exception as error:
            failure = {"errorMessage": str(error), "errorType": type(error).__name__}
            self._answer(200, failure, {"X-Amz-Function-Error": "Unhandled"})
        else:
            self._send(200, result, {})

    def _refuse_unread(self, status: int, message: str) -> None:
        # What is left of the body would be taken for the next request.
        self.close_connection = True
        self._refuse(status, "InvalidRequestContentException", message, {"Connection": "close"})

    def _refuse(
        self, status: int, error_type: str, message: str, headers: dict[str, str] | None = None
    ) -> None:
        body = {"Type": "User", "message": message}
        self._answer(status, body, {"x-amzn-ErrorType": error_type, **(headers or {})})

    def _answer(self, status: int, body: dict[str, str], headers: dict[str, str]) -> None:
        self._send(status, json.dumps(body).encode("utf-8"), headers)

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        """Sends head and body in one write."""
        fields = {
            **headers,
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
        }
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
        lines += [f"{name}: {value}" for name, value in fields.items()]
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("ascii") + body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the base class
        """Nothing: standard output has the validator's own lines, standard error stays empty."""
