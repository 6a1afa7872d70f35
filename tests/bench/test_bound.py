"""Figures of ours with a limit."""

from dataclasses import replace

from bench.bound import Bound, bound_table

MOST = Bound("p99", "ms", (9, 14, 40), 15)


def test_the_median_of_the_rounds_counts() -> None:
    assert MOST.value() == 14
    assert MOST.holds()
    assert not replace(MOST, limit=13).holds()


def test_a_least_limit_holds_from_it_on() -> None:
    assert replace(MOST, limit=14, limit_is_least=True).holds()
    assert not replace(MOST, limit=14.1, limit_is_least=True).holds()


def test_the_table_names_limit_and_verdict() -> None:
    missed = Bound("requests", "per s", (7_900,), 8_000, limit_is_least=True)
    assert bound_table([MOST, missed]).splitlines()[2:] == [
        "| p99 | 14.0 ms | ≤ 15: holds |",
        "| requests | 7,900 per s | ≥ 8,000: MISSED |",
    ]
