"""Load on a mock host, on loopback, bounded in time."""

import json
import subprocess
import time
from dataclasses import dataclass
from typing import Any

from bench.hosts import Host
from bench.process_time import children_cpu_seconds, cpu_seconds, resident_bytes
from mockenv.local.tools import CHECKOUT, find_tools

CONNECTIONS = 16
LOAD_SECONDS = 4
# The generator puts another text there in each request; its command line wants it not at the end.
ANOTHER_EACH_TIME = "[<id>]"
GENERATOR = CHECKOUT / "node_modules" / "autocannon" / "autocannon.js"
STATUS_CLASSES = ("1xx", "2xx", "3xx", "4xx", "5xx")


class NoAnswerError(RuntimeError):
    """A host was too slow to answer even once while it was loaded."""


@dataclass(frozen=True)
class Load:
    """What came of a load: answers per wall and per CPU second of the host, and slow answers.

    `generator_share` is how busy the load generator kept its core: near 1 it was the limit.
    `resident_mb` is what the host held when the load ended.
    """

    per_second: float
    per_cpu_second: float
    p99_ms: float
    generator_share: float
    resident_mb: float


def put_load_on(
    host: Host,
    path: str,
    headers: dict[str, str] | None = None,
    *,
    connections: int = CONNECTIONS,
    seconds: float = LOAD_SECONDS,
    expected: str = "2xx",
) -> Load:
    """Load a host with GETs of a path; raises RuntimeError if an answer is not of that class.

    `[<id>]` inside the path becomes another text in each request.
    """
    command = [
        str(find_tools().node), str(GENERATOR), "--json",
        "--connections", str(connections), "--duration", str(seconds),
        *(["--idReplacement"] if ANOTHER_EACH_TIME in path else []),
        *(f"--headers={name}={value}" for name, value in (headers or {}).items()),
        f"http://127.0.0.1:{host.port}{path}",
    ]  # fmt: skip
    cpu, generator, started = cpu_seconds(host.process_id), children_cpu_seconds(), time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    used, resident = cpu_seconds(host.process_id) - cpu, resident_bytes(host.process_id) / 1e6
    share = (children_cpu_seconds() - generator) / (time.monotonic() - started)
    report = json.loads(done.stdout)
    answers = _expected_answers(report, expected, path)
    p99 = float(report["latency"]["p99"])
    return Load(answers / report["duration"], answers / used, p99, share, resident)


def _expected_answers(report: dict[str, Any], expected: str, path: str) -> int:
    answers = int(report[expected])
    others = sum(report[name] for name in STATUS_CLASSES) - answers
    if not (answers or others or report["errors"]):
        raise NoAnswerError(f"{path}: not one answer")
    if others or report["errors"]:
        raise RuntimeError(
            f"{path}: {answers} answers {expected}, {others} others, {report['errors']} errors"
        )
    return answers
