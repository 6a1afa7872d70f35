"""In place of the VPC link: a relay on loopback, from the emulator's gateway to its load balancer.

The gateway could ask the balancer itself, which is the same process; but it reads the body of an
error on its event loop, and so waits for itself until both give up.
"""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from running_server import running

SECONDS = 25
HOP_HEADERS = {"host", "connection", "content-length", "transfer-encoding"}


@contextmanager
def linked(emulator_port: int, balancer: str) -> Iterator[str]:
    """Lead to a load balancer of the emulator on its port; yields the relay's address."""

    class Relay(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Ask the balancer the same, and hand on its whole answer."""
            given = {k: v for k, v in self.headers.items() if k.lower() not in HOP_HEADERS}
            connection = http.client.HTTPConnection("127.0.0.1", emulator_port, timeout=SECONDS)
            connection.request("GET", f"/_alb/{balancer}{self.path}", headers=given)
            response = connection.getresponse()
            body = response.read()
            connection.close()
            self.send_response(response.status)
            self.send_header("content-type", response.getheader("content-type", "text/plain"))
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay silent: the answers are what counts."""

    with running(ThreadingHTTPServer(("127.0.0.1", 0), Relay)) as port:
        yield f"http://127.0.0.1:{port}"
