"""What a mock host holds in memory under load: the figures behind the task sizes."""

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.bound import Bound
from bench.documents import GITHUB
from bench.findings import Findings
from bench.hosts import mock_host
from bench.load import put_load_on
from bench.local_run import SAMPLE_DOCUMENTS
from bench.process_time import resident_bytes

CONNECTIONS = 32
SAMPLE_PATHS = ("/", "/auth/keys", "/psp/settlements")


@dataclass(frozen=True)
class Memory:
    """What a mock host held in memory: at its highest, and while it was under load."""

    name: str
    documents_mb: float
    highest_bytes: int
    loaded_bytes: int
    limit_mb: float

    def bound(self) -> Bound:
        """Bound the highest, which is never below what it held under load."""
        return Bound(
            name=f"resident at its highest, {self.name}",
            unit="MB",
            figures=(self.highest_bytes / 1e6,),
            limit=self.limit_mb,
        )


def measure_memory(rounds: int) -> Findings:  # noqa: ARG001 - a process's highest is one figure
    """Measure the sample's three small documents and GitHub's large one."""
    measured = [
        _measure("sample, 3 documents", SAMPLE_DOCUMENTS, SAMPLE_PATHS, limit_mb=280),
        _measure(GITHUB.name, {"github": GITHUB.file}, (GITHUB.path,) * 3, limit_mb=500),
    ]
    return Findings(
        bounds=tuple(memory.bound() for memory in measured),
        tables=(memory_table(measured),),
        raw={"memory": [asdict(memory) for memory in measured]},
    )


def memory_table(measured: list[Memory]) -> str:
    """Write the figures as a Markdown table."""
    lines = [
        "| mocks | documents | resident, highest | resident under load |",
        "|---|---|---|---|",
    ]
    return "\n".join([*lines, *map(_row, measured)])


def _row(memory: Memory) -> str:
    highest, loaded = memory.highest_bytes / 2**20, memory.loaded_bytes / 2**20
    size = f"{memory.documents_mb:.2f} MB"
    return f"| {memory.name} | {size} | {highest:.0f} MiB | {loaded:.0f} MiB |"


def _measure(
    name: str, documents: dict[str, Path], paths: Sequence[str], *, limit_mb: float
) -> Memory:
    with tempfile.TemporaryDirectory() as folder, mock_host(Path(folder), documents) as host:
        for path in paths:
            put_load_on(host, path, connections=CONNECTIONS)
        size = sum(document.stat().st_size for document in documents.values()) / 1e6
        highest = resident_bytes(host.process_id, "VmHWM")
        return Memory(name, size, highest, resident_bytes(host.process_id), limit_mb)
