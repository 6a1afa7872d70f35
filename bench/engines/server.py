"""A mock server that runs on one core, from its start to its first answer and to its end."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from bench.cores import on_core
from bench.engines.engine import Document, Engine
from bench.hosts import Host, status_of
from bench.process_time import clean_environment

START_SECONDS = 60
END_SECONDS = 10


@dataclass(frozen=True)
class Server(Host):
    """A mock server that answered 200, and how long that took it from its start."""

    start_seconds: float


@contextmanager
def serve(
    engine: Engine, document: Document, folder: Path, *, core: int | None = None
) -> Iterator[Server]:
    """Run an engine, on one core if wanted; what it prints, such as an access log, goes to a file.

    Raises RuntimeError, with the end of that file, if it does not answer 200 within a minute.
    """
    port = _free_port()
    command = engine.command(document, port, folder)
    log = folder / "output.log"
    with log.open("wb") as output, nullcontext() if core is None else on_core(core):
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            cwd=folder, env=clean_environment({"HOME": str(folder)}),
        )  # fmt: skip
    try:
        if not _answers_200(process, port, engine.base_path(document) + document.path):
            said = log.read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{engine.name} does not answer 200 for {document.name}:\n{said}")
        yield Server(process.pid, port, time.perf_counter() - started)
    finally:
        _end(process)


def _answers_200(process: subprocess.Popen[bytes], port: int, path: str) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if status_of(port, path) == 200:
                return True
        except OSError:
            pass
        time.sleep(0.01)
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
