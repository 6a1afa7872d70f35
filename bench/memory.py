"""What a mock host holds in memory under load: the figures behind the task sizes."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.hosts import mock_host, put_load_on
from bench.local_run import FIRST_PATH, SAMPLE_DOCUMENTS
from bench.process_time import resident_mib
from mockenv.local.tools import CHECKOUT

GITHUB = CHECKOUT / "node_modules" / "@octokit" / "openapi" / "generated" / "api.github.com.json"


@dataclass(frozen=True)
class Memory:
    """Resident MiB of a mock host: at its highest, and while it was under load."""

    name: str
    documents_mb: float
    highest_mib: float
    loaded_mib: float


def measure_memory() -> list[Memory]:
    """Measure the sample's three small documents and GitHub's large one."""
    return [
        _measure("sample, 3 documents", SAMPLE_DOCUMENTS, FIRST_PATH),
        _measure("GitHub's API description", {"github": GITHUB}, "/repos/a/b/issues"),
    ]


def memory_table(measured: list[Memory]) -> str:
    """Write the figures as a Markdown table."""
    lines = [
        "| mocks | documents | resident, highest | resident under load |",
        "|---|---|---|---|",
    ]
    rows = [
        f"| {m.name} | {m.documents_mb:.2f} MB | {m.highest_mib:.0f} MiB | {m.loaded_mib:.0f} MiB |"
        for m in measured
    ]
    return "\n".join(lines + rows)


def _measure(name: str, documents: dict[str, Path], path: str) -> Memory:
    with tempfile.TemporaryDirectory() as folder, mock_host(Path(folder), documents) as host:
        put_load_on(host, path)
        put_load_on(host, path)
        size = sum(document.stat().st_size for document in documents.values()) / 1e6
        return Memory(
            name, size, resident_mib(host.process_id, "VmHWM"), resident_mib(host.process_id)
        )
