"""One figure of ours with the limit that we set, compared with nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.digits import three_digits


@dataclass(frozen=True)
class Bound:
    """Figures round by round; `limit_is_least` says that the limit is a least value."""

    name: str
    unit: str
    figures: tuple[float, ...]
    limit: float
    limit_is_least: bool = False

    def value(self) -> float:
        """Return the median of the rounds."""
        return median(self.figures)

    def holds(self) -> bool:
        """Say whether the limit holds."""
        return self.value() >= self.limit if self.limit_is_least else self.value() <= self.limit


def bound_table(bounds: Sequence[Bound]) -> str:
    """Write bounds as a Markdown table."""
    return "\n".join(["| what | ours | limit |", "|---|---|---|", *map(_row, bounds)])


def _row(bound: Bound) -> str:
    sign = "≥" if bound.limit_is_least else "≤"
    verdict = "holds" if bound.holds() else "MISSED"
    figure = f"{three_digits(bound.value())} {bound.unit}"
    return f"| {bound.name} | {figure} | {sign} {bound.limit:,g}: {verdict} |"
