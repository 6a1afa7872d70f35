"""Serves the local issuer to the mock host from within `mockenv up`, which has the private key."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mockenv.local.invoke_server import Handler, InvokeServer

STOP_WITHIN_SECONDS = 0.1


@contextmanager
def serving_issuer(site: Handler, socket: Path) -> Iterator[None]:
    """Answer at a Unix socket that only its owner can open, on a thread, until the block ends."""
    with InvokeServer(socket, site) as server:
        thread = threading.Thread(
            target=server.serve_forever, args=(STOP_WITHIN_SECONDS,), daemon=True
        )
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
