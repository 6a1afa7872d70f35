"""What a request costs as documents grow: it is to stay the same."""

import json
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.contender import Contender, contender
from bench.engines.engine import Document
from bench.engines.ours import ours
from bench.findings import Findings
from bench.generated_document import generated_document, middle_path
from bench.load import Load
from bench.result import Result, in_turn

OPERATIONS = (10, 100, 1_000, 5_000)
MOST_TIMES_SMALLEST = 1.15


def measure_flatness(rounds: int) -> Findings:
    """Measure CPU time per request on generated documents, each beside the smallest."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        hosts = [
            stack.enter_context(contender(ours(), _document(count, Path(folder))))
            for count in OPERATIONS
        ]
        loads = _load_all(hosts, rounds)
    smallest, *larger = [_microseconds(rounds_of_one) for rounds_of_one in loads]
    return Findings(
        results=tuple(
            _result(count, cost, smallest)
            for count, cost in zip(OPERATIONS[1:], larger, strict=True)
        ),
        raw={
            "flatness": [
                {"operations": count, "loads": [asdict(load) for load in rounds_of_one]}
                for count, rounds_of_one in zip(OPERATIONS, loads, strict=True)
            ]
        },
    )


def _document(operations: int, folder: Path) -> Document:
    file = folder / f"{operations}.json"
    file.write_text(json.dumps(generated_document(operations)))
    path = middle_path(operations)
    return Document(
        name=f"{operations:,} operations",
        file=file,
        path=path,
        varied=f"{path}?search=[<id>]&limit=10",
        invalid=f"{path}?limit=many",
        unmatched=f"{path}/[<id>]/nothing",
    )


def _load_all(hosts: list[Contender], rounds: int) -> list[tuple[Load, ...]]:
    for host in hosts:
        host.warm_up()
    return in_turn([host.load for host in hosts], rounds)


def _microseconds(loads: tuple[Load, ...]) -> tuple[float, ...]:
    return tuple(1e6 / load.per_cpu_second for load in loads)


def _result(operations: int, cost: tuple[float, ...], smallest: tuple[float, ...]) -> Result:
    return Result(
        name=f"CPU time of a request, {operations:,} operations",
        unit="µs",
        ours=cost,
        theirs=smallest,
        compared_with=f"{OPERATIONS[0]} operations, also ours",
        limit=MOST_TIMES_SMALLEST,
    )
