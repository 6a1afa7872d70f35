"""The limits beside the field."""

from bench.documents import GITHUB, PETSTORE
from bench.standing import Standing
from bench.verdicts import field_bounds, field_results
from bench_loads import load, standing

PRISM = "Prism CLI 5.16.0, silent"


def field(*, large: float = 10_000, small: float = 20_000, p99_ms: float = 5) -> list[Standing]:
    return [
        standing("mock host", GITHUB.name, load(large, p99_ms=p99_ms)),
        standing(PRISM, GITHUB.name, load(60)),
        standing("mock host", PETSTORE.name, load(small, p99_ms=p99_ms)),
        standing(PRISM, PETSTORE.name, load(9_000)),
    ]


def test_ours_is_compared_with_prism_and_unmatched_with_matched_paths() -> None:
    large, small, unmatched = field_results(field(), (load(30_000),))
    assert (large.ours, large.theirs, large.limit) == ((10_000,), (60,), 100)
    assert (small.ours, small.theirs, small.limit) == ((20_000,), (9_000,), 1)
    assert (unmatched.ours, unmatched.theirs, unmatched.limit) == ((30_000,), (10_000,), 1)
    assert large.compared_with == f"the {PRISM}"
    assert all(result.holds() for result in (large, small, unmatched))


def test_each_comparison_can_be_missed() -> None:
    slow = field(large=5_900, small=8_900)
    assert [result.holds() for result in field_results(slow, (load(5_800),))] == [False] * 3


def test_requests_a_second_and_slow_answers_are_bounded() -> None:
    assert [bound.limit for bound in field_bounds(field())] == [8_000, 15, 15]
    assert all(bound.holds() for bound in field_bounds(field()))
    slow = field_bounds(field(large=8_800, p99_ms=16))
    assert [bound.holds() for bound in slow] == [False] * 3
