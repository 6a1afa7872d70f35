"""What a part of the benchmark found."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from bench.bound import Bound, bound_table
from bench.result import Result, table


@dataclass(frozen=True)
class Findings:
    """Comparisons, bounds, tables in Markdown, and raw figures by name, ready for JSON."""

    results: tuple[Result, ...] = ()
    bounds: tuple[Bound, ...] = ()
    tables: tuple[str, ...] = ()
    raw: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def all_hold(self) -> bool:
        """Say whether no limit is missed."""
        compared = all(result.holds() is not False for result in self.results)
        return compared and all(bound.holds() for bound in self.bounds)

    def markdown(self) -> str:
        """Write every table that has rows."""
        limits = [table(self.results)] if self.results else []
        limits += [bound_table(self.bounds)] if self.bounds else []
        return "\n\n".join([*self.tables, *limits])

    def kept(self) -> dict[str, Any]:
        """Return all raw figures."""
        results = [asdict(result) for result in self.results]
        return {"results": results, "bounds": [asdict(bound) for bound in self.bounds]} | self.raw


def merged(parts: Iterable[Findings]) -> Findings:
    """Put the findings of several parts together."""
    found = list(parts)
    return Findings(
        results=tuple(result for part in found for result in part.results),
        bounds=tuple(bound for part in found for bound in part.bounds),
        tables=tuple(text for part in found for text in part.tables),
        raw={name: rows for part in found for name, rows in part.raw.items()},
    )
