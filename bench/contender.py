"""An engine that serves a document on a core of its own, and the load that it gets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.cores import load_core, on_core, server_core
from bench.engines.engine import Document, Engine
from bench.engines.server import Server, serve
from bench.hosts import status_of
from bench.load import Load, NoAnswerError, put_load_on
from bench.process_time import cpu_seconds, wait_until_idle

CONNECTIONS = 32
LOAD_SECONDS = 1.5
WARM_UP_SECONDS = 3
# For an engine that did not answer once: 32 requests at a time can take it longer than a load.
PATIENT_SECONDS = 6


@dataclass(frozen=True)
class Contender:
    """A running server; all paths are the document's, below its server's path."""

    engine: Engine
    document: Document
    server: Server

    def warm_up(self) -> None:
        """Load the server until it has worked long enough for its compiler to be done."""
        enough = cpu_seconds(self.server.process_id) + self.engine.warm_up_cpu_seconds
        while cpu_seconds(self.server.process_id) < enough:
            self.load(seconds=WARM_UP_SECONDS)

    def load(
        self, path: str | None = None, *, expected: str = "2xx", seconds: float = LOAD_SECONDS
    ) -> Load:
        """Load a path, the varied one if none is given, then wait until all is worked off."""
        target = self.engine.base_path(self.document) + (path or self.document.varied)
        try:
            return self._load(target, expected, seconds)
        except NoAnswerError:
            return self._load(target, expected, PATIENT_SECONDS)

    def _load(self, target: str, expected: str, seconds: float) -> Load:
        with on_core(load_core()):
            load = put_load_on(
                self.server, target, connections=CONNECTIONS, seconds=seconds, expected=expected
            )
        wait_until_idle(self.server.process_id)
        return load

    def status_of_invalid(self) -> int:
        """Return what a request gets that breaks a schema: 200 where nothing is validated."""
        path = self.engine.base_path(self.document) + self.document.invalid
        return status_of(self.server.port, path)


@contextmanager
def contender(engine: Engine, document: Document) -> Iterator[Contender]:
    """Run an engine on the server's core, in a temporary folder."""
    with (
        TemporaryDirectory() as folder,
        serve(engine, document, Path(folder), core=server_core()) as server,
    ):
        yield Contender(engine, document, server)
