"""A real https server on loopback, with a certificate made for the test."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from bench.certificate import write_certificate
from running_server import running


@dataclass(frozen=True)
class HttpsSite:
    """Its address, and the file by which its certificate is trusted."""

    url: str
    certificate: Path

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))


@contextmanager
def https_site(folder: Path, handler: type[BaseHTTPRequestHandler]) -> Iterator[HttpsSite]:
    """Serve with a handler on a free port; the certificate is written into the folder."""
    certificate = write_certificate(folder)
    server = HTTPServer(("127.0.0.1", 0), handler)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    with running(server) as port:
        yield HttpsSite(f"https://127.0.0.1:{port}", certificate)
