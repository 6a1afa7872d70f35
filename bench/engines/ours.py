"""The mock host: validates, and writes an access log."""

from pathlib import Path

from bench.engines.engine import Document, Engine
from bench.hosts import mock_host_command


def ours() -> Engine:
    """Return the bundle alone, without its gateway role."""
    return Engine("mock host", _command)


def _command(document: Document, port: int, folder: Path) -> list[str]:
    return mock_host_command(folder, {"mock": document.file}, port)
