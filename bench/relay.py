"""What it costs the mock host to pass a request on to another server, as it does to MockServer."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.documents import PETSTORE
from bench.hosts import Host, mock_host
from bench.load import put_load_on
from bench.result import Result, interleave

PATH = "/pets"


def measure_relay(rounds: int) -> Result:
    """Measure requests per CPU second of a host that passes on, and of the one that answers."""
    with (
        tempfile.TemporaryDirectory() as answering,
        tempfile.TemporaryDirectory() as passing,
        mock_host(Path(answering), {"pets": PETSTORE.file}) as server,
        mock_host(Path(passing), {"pets": f"http://127.0.0.1:{server.port}"}) as relay,
    ):
        ours, theirs = interleave([_load_of(relay), _load_of(server)], rounds)
    return Result(
        name="requests passed on to another server",
        unit="per CPU s",
        ours=ours,
        theirs=theirs,
        compared_with="requests that a mock host answers itself",
    )


def _load_of(host: Host) -> Callable[[], float]:
    return lambda: put_load_on(host, PATH).per_cpu_second
