"""A real HTTP server on loopback that stands for an issuer, or for another service."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from running_server import running

BODY = b'{"keys": []}'
Answer = Callable[[BaseHTTPRequestHandler], object]


@contextmanager
def issuer(answer: Answer, certificate: Path | None = None) -> Iterator[str]:
    """A server on loopback that answers every GET or POST so; gives its address.

    With a `certificate` (PEM, key included) it speaks TLS.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def do_POST(self) -> None:
            answer(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
    with running(server) as port:
        yield f"http{'s' if certificate else ''}://localhost:{port}/jwks.json"


def send(status: int, body: bytes = BODY, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return answer
