"""The mock host beside the field: one interleaved run, one core each, the same documents."""

from contextlib import ExitStack
from dataclasses import asdict
from itertools import groupby

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
from bench.verdicts import field_bounds, field_results

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
        standings, unmatched = _load_all(contenders, rounds)
    return Findings(
        results=field_results(standings, unmatched),
        bounds=(*field_bounds(standings), measure_large_start(rounds)),
        tables=_tables(standings),
        raw={
            "field": [asdict(standing) for standing in standings],
            "unmatched": [asdict(load) for load in unmatched],
        },
    )


def _load_all(contenders: list[Contender], rounds: int) -> tuple[list[Standing], tuple[Load, ...]]:
    for each in contenders:
        each.load(seconds=each.engine.warm_up_seconds)
    _unmatched(contenders[0])
    matched = [each.load for each in contenders]
    *loads, unmatched = in_turn([*matched, lambda: _unmatched(contenders[0])], rounds)
    pairs = zip(contenders, loads, strict=True)
    return [_standing(each, its_loads) for each, its_loads in pairs], unmatched


def _unmatched(contender: Contender) -> Load:
    return contender.load(contender.document.unmatched, expected="4xx")


def _standing(each: Contender, loads: tuple[Load, ...]) -> Standing:
    return Standing(
        engine=each.engine.name,
        document=each.document.name,
        start_seconds=each.server.start_seconds,
        status_of_invalid=each.status_of_invalid(),
        loads=loads,
    )


def _tables(standings: list[Standing]) -> tuple[str, ...]:
    grouped = groupby(standings, key=lambda standing: standing.document)
    return tuple(standing_table(list(rows)) for _, rows in grouped)
