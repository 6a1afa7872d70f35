"""The mock host beside the field: one interleaved run, one core each, the same documents."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, replace
from functools import partial

from bench.bound import Bound
from bench.contender import Contender, contender
from bench.documents import GITHUB, PETSTORE
from bench.engines.mockoon import mockoon
from bench.engines.mockserver import mockserver
from bench.engines.ours import ours
from bench.engines.prism_cli import prism_cli
from bench.engines.wiremock import wiremock
from bench.findings import Findings
from bench.large_start import measure_large_start
from bench.load import Load
from bench.result import in_turn
from bench.standing import Standing, standing_table
from bench.verdicts import OURS, field_bounds, field_results

ENGINES = (ours, prism_cli, mockoon, mockserver, wiremock)


def measure_field(rounds: int) -> Findings:
    """Measure all engines on GitHub's document and on the pet store; all run, one is loaded."""
    engines = [engine() for engine in ENGINES]
    with ExitStack() as stack:
        contenders = [
            stack.enter_context(contender(engine, document))
            for document in (GITHUB, PETSTORE)
            for engine in engines
        ]
        return _load_all(contenders, rounds)


def _load_all(contenders: list[Contender], rounds: int) -> Findings:
    of_ours = [each for each in contenders if each.engine.name == OURS]
    large = of_ours[0]
    _warm_up(contenders)
    measures: list[Callable[[], Load]] = [
        *(each.load for each in contenders),
        *(partial(each.load, each.document.path) for each in of_ours),
        partial(large.load, large.document.unmatched, expected="4xx"),
    ]
    loads = in_turn(measures, rounds)
    standings = list(map(_standing, contenders, loads))
    again = list(map(_again, of_ours, loads[len(contenders) :]))
    return _findings(standings, again, unmatched=loads[-1], start=measure_large_start(rounds))


def _warm_up(contenders: list[Contender]) -> None:
    for each in contenders:
        each.warm_up()


def _standing(each: Contender, loads: tuple[Load, ...]) -> Standing:
    return Standing(
        engine=each.engine.name,
        document=each.document.name,
        start_seconds=each.server.start_seconds,
        status_of_invalid=each.status_of_invalid(),
        loads=loads,
    )


def _again(each: Contender, loads: tuple[Load, ...]) -> Standing:
    name = f"{each.engine.name}, the same request again"
    return replace(_standing(each, loads), engine=name)


def _findings(
    standings: list[Standing], again: list[Standing], unmatched: tuple[Load, ...], start: Bound
) -> Findings:
    rows = [*again, *standings]
    return Findings(
        results=field_results(standings, unmatched),
        bounds=(*field_bounds(standings), start),
        tables=tuple(
            standing_table([row for row in rows if row.document == document.name])
            for document in (GITHUB, PETSTORE)
        ),
        raw={
            "field": [asdict(row) for row in rows],
            "unmatched": [asdict(load) for load in unmatched],
        },
    )
