"""How soon the mock host answers from a large document, with all cores of the machine."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bench.bound import Bound
from bench.documents import GITHUB
from bench.engines.ours import ours
from bench.engines.server import serve

MOST_SECONDS = 3
MOST_STARTS = 3


def measure_large_start(rounds: int) -> Bound:
    """Measure from the start of the process to its first 200, three times at most."""
    return Bound(
        name=f"start to the first 200 on all cores, {GITHUB.name}",
        unit="s",
        figures=tuple(_start_seconds() for _ in range(min(rounds, MOST_STARTS))),
        limit=MOST_SECONDS,
    )


def _start_seconds() -> float:
    with TemporaryDirectory() as folder, serve(ours(), GITHUB, Path(folder)) as server:
        return server.start_seconds
