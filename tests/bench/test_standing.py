"""A row of the comparison."""

from bench.standing import standing_table
from bench_loads import load, standing


def test_a_row_shows_medians_and_what_was_seen_once() -> None:
    rows = standing_table(
        [standing("mock host", "pet store", load(10_000), load(30_000, p99_ms=9), load(20_000))]
    ).splitlines()
    assert rows[0].startswith("| pet store | requests/s |")
    assert rows[0].count("|") == rows[1].count("|") == rows[2].count("|")
    assert rows[2] == "| mock host | 18,000 | 20,000 | 5 ms | 50% | 1.2 s | 200 MB | 422 |"
