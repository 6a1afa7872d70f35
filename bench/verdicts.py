"""The limits that we set ourselves beside the field, from how the engines did."""

from bench.bound import Bound
from bench.documents import GITHUB, PETSTORE
from bench.load import Load
from bench.result import Result
from bench.standing import Standing

LEAST_TIMES_PRISM = {GITHUB.name: 100, PETSTORE.name: 1}
LEAST_PER_SECOND = 8_000
SLOWEST_P99_MS = 15
OURS, PRISM = "mock host", "Prism CLI"


def field_results(standings: list[Standing], unmatched: tuple[Load, ...]) -> tuple[Result, ...]:
    """Compare ours with the Prism CLI on each document, and unmatched with matched paths."""
    beside_prism = [_beside_prism(standings, *limit) for limit in LEAST_TIMES_PRISM.items()]
    return (*beside_prism, _unmatched(_find(standings, OURS, GITHUB.name), unmatched))


def field_bounds(standings: list[Standing]) -> tuple[Bound, ...]:
    """Bound our requests a second on the large document, and slow answers on both."""
    large = _find(standings, OURS, GITHUB.name)
    throughput = Bound(
        name=f"requests, {large.document}",
        unit="per s",
        figures=tuple(load.per_second for load in large.loads),
        limit=LEAST_PER_SECOND,
        limit_is_least=True,
    )
    return (throughput, *(_p99(each) for each in standings if each.engine == OURS))


def _beside_prism(standings: list[Standing], document: str, limit: float) -> Result:
    prism = _find(standings, PRISM, document)
    return Result(
        name=f"mock host, {document}",
        unit="per CPU s",
        ours=_per_cpu_second(_find(standings, OURS, document).loads),
        theirs=_per_cpu_second(prism.loads),
        compared_with=f"the {prism.engine}",
        limit=limit,
        limit_is_least=True,
    )


def _unmatched(matched: Standing, unmatched: tuple[Load, ...]) -> Result:
    return Result(
        name=f"a path that matches nothing, {matched.document}",
        unit="per CPU s",
        ours=_per_cpu_second(unmatched),
        theirs=_per_cpu_second(matched.loads),
        compared_with="a path that matches, also ours",
        limit=1,
        limit_is_least=True,
    )


def _p99(standing: Standing) -> Bound:
    return Bound(
        name=f"p99 at 32 connections, {standing.document}",
        unit="ms",
        figures=tuple(load.p99_ms for load in standing.loads),
        limit=SLOWEST_P99_MS,
    )


def _per_cpu_second(loads: tuple[Load, ...]) -> tuple[float, ...]:
    return tuple(load.per_cpu_second for load in loads)


def _find(standings: list[Standing], engine: str, document: str) -> Standing:
    return next(
        each for each in standings if each.engine.startswith(engine) and each.document == document
    )
