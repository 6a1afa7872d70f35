"""WireMock: knows no OpenAPI, so it gets a stub per operation, and validates nothing."""

import json
from pathlib import Path

from bench.engines.engine import COMPARISON, Document, Engine, installed, package_version
from bench.engines.openapi_file import read_openapi
from bench.engines.stubs import stub_mappings
from mockenv.local.tools import find_tools

PACKAGE = COMPARISON / "wiremock"


def wiremock() -> Engine:
    """Return WireMock on a JVM with its default settings, without its journal of requests."""
    return Engine(f"WireMock {package_version(PACKAGE)}", _command, warm_up_cpu_seconds=10)


def _command(document: Document, port: int, folder: Path) -> list[str]:
    mappings = folder / "mappings"
    mappings.mkdir()
    stubs = stub_mappings(read_openapi(document.file))
    (mappings / "stubs.json").write_text(json.dumps({"mappings": stubs}))
    jar = PACKAGE / "build" / f"wiremock-standalone-{package_version(PACKAGE)}.jar"
    return [
        str(find_tools(with_mockserver=True).java), "-jar", str(installed(jar)),
        "--bind-address", "127.0.0.1", "--port", str(port), "--root-dir", str(folder),
        "--no-request-journal", "--disable-banner",
    ]  # fmt: skip
