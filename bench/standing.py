"""How one engine did on one document: a row of the comparison."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.digits import three_digits
from bench.load import Load

HEAD = (
    "| {document} | requests/s | per CPU s | p99 | load generator busy | start to first 200 "
    "| resident under load | invalid request gets |\n|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True)
class Standing:
    """An engine's loads round by round, and what was seen of it once."""

    engine: str
    document: str
    start_seconds: float
    status_of_invalid: int
    loads: tuple[Load, ...]


def standing_table(standings: Sequence[Standing]) -> str:
    """Write the standings on one document as a Markdown table; figures are medians."""
    head = HEAD.format(document=standings[0].document)
    return "\n".join([head, *map(_row, standings)])


def _row(standing: Standing) -> str:
    loads = standing.loads
    cells = [
        standing.engine,
        three_digits(median(load.per_second for load in loads)),
        three_digits(median(load.per_cpu_second for load in loads)),
        f"{median(load.p99_ms for load in loads):.0f} ms",
        f"{median(load.generator_share for load in loads):.0%}",
        f"{standing.start_seconds:.1f} s",
        f"{median(load.resident_mb for load in loads):.0f} MB",
        str(standing.status_of_invalid),
    ]
    return f"| {' | '.join(cells)} |"
