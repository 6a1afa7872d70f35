"""One line of the table: two things measured in turn, and their ratio pair by pair."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from bench.digits import three_digits

T = TypeVar("T")


@dataclass(frozen=True)
class Result:
    """Figures of ours and of what it is compared with, round by round, and the limit we set.

    `is_difference` compares by subtraction instead of by ratio. `limit_is_least` says that the
    limit is a least value; otherwise it is a most.
    """

    name: str
    unit: str
    ours: tuple[float, ...]
    theirs: tuple[float, ...]
    compared_with: str
    limit: float | None = None
    limit_is_least: bool = False
    is_difference: bool = False

    def comparison(self) -> float:
        """Return the median of the comparisons of each round."""
        if self.is_difference:
            return median(a - b for a, b in zip(self.ours, self.theirs, strict=True))
        return median(a / b for a, b in zip(self.ours, self.theirs, strict=True))

    def holds(self) -> bool | None:
        """Say whether the limit holds; None if there is none."""
        if self.limit is None:
            return None
        value = self.comparison()
        return value >= self.limit if self.limit_is_least else value <= self.limit


def interleave(measures: Sequence[Callable[[], T]], rounds: int) -> list[tuple[T, ...]]:
    """Measure things in turn, after one uncounted round; returns the rounds of each of them."""
    for measure in measures:
        measure()
    return in_turn(measures, rounds)


def in_turn(measures: Sequence[Callable[[], T]], rounds: int) -> list[tuple[T, ...]]:
    """Measure things in turn that are warm already; returns the rounds of each of them."""
    counted = [[measure() for measure in measures] for _ in range(rounds)]
    return list(zip(*counted, strict=True))


def table(results: Sequence[Result]) -> str:
    """Write results as a Markdown table: medians, the comparison, and the limit."""
    lines = [
        "| what | ours | compared with | theirs | comparison | limit |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join(lines + [_row(result) for result in results])


def _row(result: Result) -> str:
    ours, theirs = median(result.ours), median(result.theirs)
    value = result.comparison()
    compared = f"{value:+.3g} {result.unit}" if result.is_difference else f"{value:.2f} ×"
    return (
        f"| {result.name} | {three_digits(ours)} {result.unit} | {result.compared_with} "
        f"| {three_digits(theirs)} {result.unit} | {compared} | {_limit(result)} |"
    )


def _limit(result: Result) -> str:
    if result.limit is None:
        return "none"
    sign = "≥" if result.limit_is_least else "≤"
    verdict = "holds" if result.holds() else "MISSED"
    return f"{sign} {result.limit:g}: {verdict}"
