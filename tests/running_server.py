"""An HTTP server of a test's own, in a thread for as long as a block lasts."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import HTTPServer
from threading import Thread

# How soon it notices that it should end; by default it takes half a second.
NOTICES_SECONDS = 0.01


@contextmanager
def running(server: HTTPServer) -> Iterator[int]:
    """Run a server until the end of the block; yields its port."""
    thread = Thread(target=server.serve_forever, args=(NOTICES_SECONDS,), daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
