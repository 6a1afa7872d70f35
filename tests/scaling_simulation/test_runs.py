"""What the synthesized scaling does under every load curve, held to figures in docs/scaling.md."""

import dataclasses

import pytest

from scaling_simulation.cases import COSTS, Run
from scaling_simulation.curves import CURVES
from scaling_simulation.outcome import outcome
from scaling_simulation.run import play

OURS = "ours"
# Percent of a curve's requests that may be refused: bounds, requests, curve.
MOST_REFUSED: dict[tuple[str, str], dict[str, float]] = {
    ("10-200", "as measured"): {"ramp": 5, "spike": 25, "sawtooth": 2, "night": 0.5},
    ("10-200", "125 × the CPU"): {"ramp": 18, "spike": 25, "sawtooth": 3, "night": 0.5},
    ("10-200", "125 × the CPU, stated"): {"ramp": 5, "spike": 25, "sawtooth": 2, "night": 0.5},
    ("1-200", "as measured"): {"ramp": 11, "spike": 35, "sawtooth": 5, "night": 1},
    ("1-200", "125 × the CPU"): {"ramp": 27, "spike": 37, "sawtooth": 14, "night": 4},
}
# The load itself turns once, by night once more; the teeth of the sawtooth are too short to follow.
TURNS = {"ramp": 1, "spike": 1, "sawtooth": 1, "night": 2}


@pytest.fixture(scope="session")
def ours(runs: list[Run]) -> list[Run]:
    return [run for run in runs if run.case.rules_name == OURS]


def test_every_curve_is_played_against_every_case(ours: list[Run]) -> None:
    played = {(r.case.bounds, r.case.requests_name, r.curve.name) for r in ours}
    assert played == {(*case, curve) for case, curves in MOST_REFUSED.items() for curve in curves}


def test_no_more_is_refused_than_stated(ours: list[Run]) -> None:
    for run in ours:
        stated = MOST_REFUSED[run.case.bounds, run.case.requests_name][run.curve.name]
        assert run.outcome.refused_percent <= stated, (run.case.bounds, run.curve.name)


def test_the_number_of_tasks_turns_only_when_the_load_does(ours: list[Run]) -> None:
    for run in ours:
        assert run.outcome.turns == TURNS[run.curve.name], (run.case.bounds, run.curve.name)


def test_a_ramp_brings_all_tasks(ours: list[Run]) -> None:
    ramps = [run for run in ours if run.curve.name == "ramp"]
    assert [run.outcome.most_tasks for run in ramps] == [200] * 5


def test_all_of_a_hundred_times_the_load_is_served_in_the_end(ours: list[Run]) -> None:
    for run in ours:
        if run.curve.name == "ramp":
            last_at_peak = run.seconds[30 * 60 - 1]
            assert last_at_peak.refused == 0


def test_at_night_there_are_the_least_tasks(ours: list[Run]) -> None:
    nights = [run for run in ours if run.curve.name == "night"]
    assert [run.outcome.fewest_after for run in nights] == [10, 10, 1, 1, 10]


def test_the_bounds_hold_in_every_second(ours: list[Run]) -> None:
    for run in ours:
        rules = run.case.rules
        desired = {second.desired for second in run.seconds}
        assert rules.least_tasks <= min(desired) <= max(desired) <= rules.most_tasks


def test_a_spike_does_not_bring_all_tasks(ours: list[Run]) -> None:
    """It asks for 28 of them: more than thrice that would be one step on top of another."""
    spikes = [run.outcome.most_tasks for run in ours if run.curve.name == "spike"]
    assert max(spikes) <= 3 * 28


@pytest.mark.parametrize(
    ("start_seconds", "delay_seconds", "taken_back"), [(30, 60, 0), (90, 60, 0), (90, 120, 1)]
)
def test_it_does_not_flap_where_tasks_and_metrics_are_slow(
    ours: list[Run], start_seconds: int, delay_seconds: int, taken_back: int
) -> None:
    for run in ours:
        world = dataclasses.replace(
            run.case.world, start_seconds=start_seconds, delay_seconds=delay_seconds
        )
        found = outcome(play(run.case.rules, run.curve, world))
        assert found.turns <= TURNS[run.curve.name] + taken_back


def test_a_full_memory_keeps_tasks(ours: list[Run]) -> None:
    (night,) = (r for r in ours[: len(CURVES)] if r.curve.name == "night")
    full = dataclasses.replace(night.case.world, memory_percent=95)
    assert outcome(play(night.case.rules, night.curve, full)).fewest_after == 90


def test_a_heap_that_is_always_three_quarters_full_moves_nothing(ours: list[Run]) -> None:
    night = next(run for run in ours if run.curve.name == "night")
    heap = dataclasses.replace(night.case.world, memory_percent=78)
    assert outcome(play(night.case.rules, night.curve, heap)) == night.outcome


@pytest.mark.parametrize("bounds", ["10-200", "1-200"])
@pytest.mark.parametrize("requests_name", COSTS)
def test_the_known_rules_flap_under_some_curve_or_never_come_back(
    runs: list[Run], bounds: str, requests_name: str
) -> None:
    """What this scaling was made to avoid is what the simulation shows of those rules."""
    known = [
        run
        for run in runs
        if (run.case.rules_name, run.case.bounds) == ("known rules", bounds)
        and run.case.requests_name == requests_name
    ]
    flapping = [run for run in known if run.outcome.turns > TURNS[run.curve.name]]
    stuck = [run for run in known if run.outcome.fewest_after == run.case.rules.most_tasks]
    assert flapping or stuck


def test_the_known_rules_keep_all_tasks_for_a_heap(runs: list[Run]) -> None:
    night = next(r for r in runs if r.case.rules_name != OURS and r.curve.name == "night")
    heap = dataclasses.replace(night.case.world, memory_percent=78)
    assert outcome(play(night.case.rules, night.curve, heap)).fewest_after == 200
