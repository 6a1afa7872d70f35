"""MockServer: derives an expectation from each operation of a document; its log is off."""

import json
from pathlib import Path

from bench.engines.engine import Document, Engine
from mockenv.local.tools import find_tools


def mockserver() -> Engine:
    """Return MockServer on a JVM with its default settings."""
    jar = _tools_with_jar()[1]
    version = jar.stem.removeprefix("mockserver-netty-").partition("-")[0]
    return Engine(f"MockServer {version}", _command, under_server_path=True, warm_up_cpu_seconds=15)


def _command(document: Document, port: int, folder: Path) -> list[str]:
    java, jar = _tools_with_jar()
    expectations = folder / "expectations.json"
    expectations.write_text(json.dumps([{"specUrlOrPayload": document.file.as_uri()}]))
    properties = {
        "initializationJsonPath": expectations,
        "localBoundIP": "127.0.0.1",
        "attemptToProxyIfNoMatchingExpectation": "false",
        "disableLogging": "true",
    }
    return [
        str(java), "--enable-native-access=ALL-UNNAMED",
        *(f"-Dmockserver.{name}={value}" for name, value in properties.items()),
        "-jar", str(jar), "-serverPort", str(port),
    ]  # fmt: skip


def _tools_with_jar() -> tuple[Path, Path]:
    tools = find_tools(with_mockserver=True)
    if tools.java is None or tools.mockserver is None:
        raise AssertionError("find_tools finds both or raises")
    return tools.java, tools.mockserver
