"""Mockoon's CLI: imports a document, validates nothing, and logs every request."""

from pathlib import Path

from bench.engines.engine import COMPARISON, Document, Engine, installed, package_version
from mockenv.local.tools import find_tools

PACKAGE = COMPARISON / "@mockoon" / "cli"


def mockoon() -> Engine:
    """Return Mockoon without its admin API, which would be open to callers."""
    return Engine(f"Mockoon CLI {package_version(PACKAGE)}", _command, under_server_path=True)


def _command(document: Document, port: int, folder: Path) -> list[str]:  # noqa: ARG001
    return [
        str(find_tools().node), str(installed(PACKAGE / "bin" / "run.js")),
        "start", "--data", str(document.file),
        "--hostname", "127.0.0.1", "--port", str(port),
        "--disable-log-to-file", "--disable-admin-api",
    ]  # fmt: skip
