"""A task of ECS, its containers started here: the config loader, then the mock host."""

import json
import os
import subprocess
import threading
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from loader_run import run_loader
from mockenv.local.tools import find_node

OWN_ARGUMENTS = {"--port": "0", "--host": "127.0.0.1", "--drain-seconds": "0"}


@dataclass(frozen=True)
class Task:
    """A mock host, started by its container's command, on a free port."""

    url: str
    ready: dict[str, Any]

    def get(self, path: str) -> Any:
        """Ask a mock and read its answer."""
        with urllib.request.urlopen(f"{self.url}{path}", timeout=10) as answer:  # noqa: S310
            return json.load(answer)


def load(command: Sequence[str], volume: Path, variables: Mapping[str, str]) -> None:
    """Run the config loader's command with its variables; `volume` is the shared volume."""
    ended = run_loader(command, {**variables, "TARGET_FOLDER": str(volume)})
    assert ended.returncode == 0, ended.stderr


@contextmanager
def serving(
    command: Sequence[Any],
    volume: Path,
    *,
    endpoint: str,
    replaced: Mapping[str, str],
    keys: Mapping[str, str],
    on_line: Callable[[str], None] = lambda _: None,
) -> Iterator[Task]:
    """Start the mock host by its container's command; `on_line` hears its log.

    Its address and port are ours, `replaced` are other arguments, `keys` opens the emulator.
    """
    words = _words(command, {**OWN_ARGUMENTS, **replaced}, volume)
    process = subprocess.Popen(
        [str(find_node()), *words[1:], "--endpoint", endpoint, "--poll-seconds", "1"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | dict(keys),
    )
    try:
        assert process.stdout is not None
        ready = _ready(process.stdout, on_line)
        reader = threading.Thread(target=_read, args=(process.stdout, on_line), daemon=True)
        reader.start()
        yield Task(ready["url"], ready)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _words(command: Sequence[Any], given: Mapping[str, str], volume: Path) -> list[str]:
    """Exchange values; one that CloudFormation would fill in, of a template, is among them."""
    assert command[0] == "node"
    words = [given.get(str(before), word) for before, word in pairwise(["", *command])]
    return [word.replace("/mockenv/", f"{volume}/") for word in words]


def _ready(lines: Any, on_line: Callable[[str], None]) -> dict[str, Any]:
    for line in lines:
        on_line(line)
        event: dict[str, Any] = json.loads(line)
        if event["event"] == "ready":
            return event
    raise AssertionError("the mock host ended before it was ready")


def _read(lines: Any, on_line: Callable[[str], None]) -> None:
    for line in lines:
        on_line(line)
