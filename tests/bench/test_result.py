"""Comparisons of pairs, and the order in which they are measured."""

from dataclasses import replace

from bench.result import Result, in_turn, interleave, table

RESULT = Result("requests", "per s", (200, 900), (100, 300), "another", 2.5, limit_is_least=True)


def test_things_are_measured_in_turn_after_a_round_that_is_not_counted() -> None:
    measured: list[str] = []

    def measure(name: str) -> int:
        measured.append(name)
        return len(measured)

    found = interleave([lambda: measure("a"), lambda: measure("b"), lambda: measure("c")], 2)

    assert measured == ["a", "b", "c"] * 3
    assert found == [(4, 7), (5, 8), (6, 9)]


def test_warm_things_are_counted_at_once() -> None:
    figures = iter([1.0, 2.0])
    assert in_turn([lambda: next(figures)], 2) == [(1.0, 2.0)]


def test_the_comparison_is_the_median_of_the_rounds_not_the_ratio_of_medians() -> None:
    assert RESULT.comparison() == (2 + 3) / 2
    assert replace(RESULT, is_difference=True).comparison() == (100 + 600) / 2


def test_a_limit_is_a_least_or_a_most_value() -> None:
    assert RESULT.holds() is True
    assert replace(RESULT, limit=2.6).holds() is False
    assert replace(RESULT, limit_is_least=False).holds() is True
    assert replace(RESULT, limit=2.4, limit_is_least=False).holds() is False
    assert replace(RESULT, limit=None).holds() is None


def test_the_table_shows_medians_and_the_verdict() -> None:
    row = table([RESULT]).splitlines()[-1]
    assert row == "| requests | 550 per s | another | 200 per s | 2.50 × | ≥ 2.5: holds |"
    assert "MISSED" in table([replace(RESULT, limit=3)])
    assert "+350 per s" in table([replace(RESULT, is_difference=True)])
