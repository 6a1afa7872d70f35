"""The Prism CLI, silent: with its log it answers less than half as much."""

from pathlib import Path

from bench.engines.engine import Document, Engine, installed, package_version
from mockenv.local.tools import CHECKOUT, find_tools

PACKAGE = CHECKOUT / "node_modules" / "@stoplight" / "prism-cli"


def prism_cli() -> Engine:
    """Return the Prism CLI of the version whose library the mock host contains."""
    return Engine(f"Prism CLI {package_version(PACKAGE)}, silent", _command)


def _command(document: Document, port: int, folder: Path) -> list[str]:  # noqa: ARG001
    return [
        str(find_tools().node), str(installed(PACKAGE / "dist" / "index.js")),
        "mock", str(document.file),
        "--host", "127.0.0.1", "--port", str(port), "--verboseLevel", "silent",
    ]  # fmt: skip
