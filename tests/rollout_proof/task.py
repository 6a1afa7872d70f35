"""A task: a real mock host, started by the command of the template, ended as ECS ends one."""

import json
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mockenv.local.tools import find_node
from rollout_proof.balancer import Group
from rollout_proof.target import Target
from rollout_proof.times import Times
from synthesized import ROOT

BUNDLE = ROOT / ".build" / "mock_host" / "mock_host.mjs"
FROM_THE_BUCKET = {"--bucket", "--region", "--sources-folder"}


def command_of(container: Mapping[str, Any], times: Times, sources: Path) -> list[str]:
    """Return a container's command with its times as given, for sources in a folder here."""
    node, heap, _, *options = container["Command"]
    assert node == "node"
    given = dict(zip(options[::2], options[1::2], strict=True))
    here = {
        "--config": sources / "environment.json",
        "--host": "127.0.0.1",
        "--port": 0,
        "--drain-seconds": times.drain,
        "--finish-seconds": times.finish,
        "--keep-alive-seconds": times.keep_alive,
    }
    kept = {option: value for option, value in given.items() if option not in FROM_THE_BUCKET}
    assert set(kept) == set(here)
    words = [str(word) for option, value in here.items() for word in (option, _decimal(value))]
    return [str(find_node()), heap, str(BUNDLE), *words]


def _decimal(value: object) -> object:
    return f"{value:.3f}" if isinstance(value, float) else value


@dataclass(eq=False)
class Task:
    """A mock host in its group; `target` is None if it ended before it served."""

    process: subprocess.Popen[str]
    group: Group
    times: Times
    target: Target | None
    started: float

    @classmethod
    def start(cls, command: Sequence[str], group: Group, times: Times) -> "Task":
        """Start a mock host and register it as soon as it runs, healthy or not."""
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        url = next(_urls(process), None)
        threading.Thread(target=_read_on, args=(process,), daemon=True).start()
        target = group.register(int(url.rpartition(":")[2])) if url else None
        return cls(process, group, times, target, time.monotonic())

    @property
    def is_healthy(self) -> bool:
        """Whether the balancer finds it well."""
        return self.target is not None and self.target.is_healthy

    @property
    def has_failed(self) -> bool:
        """Whether it ended by itself, or is not healthy when its grace period is over."""
        late = time.monotonic() - self.started > self.times.grace
        return self.process.poll() is not None or (late and not self.is_healthy)

    def stop(self, *, deregister_first: bool = True) -> None:
        """End it: deregistered, given the delay, asked by SIGTERM, killed after the stop timeout.

        On Spot it is asked first, and deregistered only once it has ended.
        """
        if self.target and deregister_first:
            self._leave()
        self.process.terminate()
        try:
            self.process.wait(self.times.stop)
        except subprocess.TimeoutExpired:
            self.kill()
        if self.target and not deregister_first:
            self.group.remove(self.target)

    def kill(self) -> None:
        """End it without asking."""
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        """End it, if it has not ended."""
        if self.process.poll() is None:
            self.kill()

    def _leave(self) -> None:
        assert self.target is not None
        self.group.deregister(self.target)
        time.sleep(self.times.deregistration)
        self.group.remove(self.target)


def _urls(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    for line in process.stdout:
        event = json.loads(line)
        if event["event"] == "ready":
            yield str(event["url"])


def _read_on(process: subprocess.Popen[str]) -> None:
    """Read its log to the end: a full pipe would hold it up."""
    assert process.stdout is not None
    with process.stdout as log:
        for _ in log:
            pass
