"""Where a custom resource's function delivers its answer: CloudFormation's address, on loopback."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from running_server import running


@contextmanager
def taking_answers() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Yield the address, with its secret signature, and the answers that came to it so far."""
    taken: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            """Take an answer."""
            taken.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    with running(HTTPServer(("127.0.0.1", 0), Handler)) as port:
        yield f"http://127.0.0.1:{port}/?X-Amz-Signature=secret", taken
