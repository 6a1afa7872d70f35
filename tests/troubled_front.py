"""A server that stands before another one and has some troubles of its own first."""

import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from running_server import running


@contextmanager
def troubled_front(upstream: str, troubles: Sequence[int]) -> Iterator[str]:
    """Answer the first GETs with these statuses, then pass GETs on; yields the address."""
    left = list(troubles)

    class Front(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = (left.pop(0), b"") if left else self._passed_on()
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _passed_on(self) -> tuple[int, bytes]:
            headers = {"authorization": self.headers.get("authorization", "")}
            asked = urllib.request.Request(f"{upstream}{self.path}", headers=headers)  # noqa: S310
            try:
                with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310
                    return answer.status, answer.read()
            except urllib.error.HTTPError as error:
                return error.code, error.read()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with running(ThreadingHTTPServer(("127.0.0.1", 0), Front)) as port:
        yield f"http://127.0.0.1:{port}"
