"""A mock server and what it is given to serve."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mockenv.errors import MockenvError
from mockenv.local.tools import CHECKOUT

COMPARISON = CHECKOUT / "engines" / "comparison" / "node_modules"


@dataclass(frozen=True)
class Document:
    """An OpenAPI document, and the paths below its server's path that are asked for.

    `path` answers 200 with JSON and so does `varied`, another request each time, `invalid` breaks a
    schema of the document, and `unmatched`, also varied, is no path of it.
    """

    name: str
    file: Path
    path: str
    varied: str
    invalid: str
    unmatched: str
    server_path: str = ""


@dataclass(frozen=True)
class Engine:
    """A mock server: how it is started on a port for a document, with a folder of its own.

    `under_server_path` says that it serves below the path of the document's server.
    `warm_up_cpu_seconds` of its own work under load go before anything is counted.
    """

    name: str
    command: Callable[[Document, int, Path], list[str]]
    under_server_path: bool = False
    warm_up_cpu_seconds: float = 3

    def base_path(self, document: Document) -> str:
        """Return what stands before the document's paths."""
        return document.server_path if self.under_server_path else ""


def installed(file: Path) -> Path:
    """Return a file of the engines that are compared; raises MockenvError if it is missing."""
    if not file.is_file():
        raise MockenvError(f"{file} is missing", next_step=f"run make comparison in {CHECKOUT}")
    return file


def package_version(package: Path) -> str:
    """Return the version of an installed npm package."""
    return str(json.loads(installed(package / "package.json").read_text())["version"])
