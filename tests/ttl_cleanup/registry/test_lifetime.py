from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttl_cleanup.registry.lifetime import StackFacts, end, is_over, warning_due
from ttl_cleanup.registry.record import Record

NOW = 1_800_000_000
HOUR = 3_600
DAY = 24 * HOUR
STACK = StackFacts(8 * HOUR, NOW, is_protected=False, is_failed_create=False)
RECORD = Record(
    "pr-1", 1, "arn", "active", NOW, NOW, ttl_seconds=8 * HOUR, expires_at=NOW + 8 * HOUR
)
OVER = NOW + 8 * HOUR


def warned(record: Record, at: int, ahead_seconds: int = 900, over: int = OVER) -> Record:
    return replace(record, warned_end=over, warned_ahead_seconds=ahead_seconds, warned_at=at)


def test_the_later_of_record_and_stack_counts() -> None:
    assert end(RECORD, STACK) == OVER
    assert end(replace(RECORD, expires_at=OVER + 5), STACK) == OVER + 5
    assert end(RECORD, replace(STACK, changed_at=NOW + 60)) == OVER + 60
    assert end(replace(RECORD, expires_at=1), STACK) == OVER


@pytest.mark.parametrize(
    ("record", "stack"),
    [
        (replace(RECORD, is_pinned=True), STACK),
        (replace(RECORD, expires_at=None), STACK),
        (RECORD, replace(STACK, ttl_seconds=None)),
        (RECORD, replace(STACK, is_protected=True)),
    ],
)
def test_each_reason_alone_keeps_an_environment(record: Record, stack: StackFacts) -> None:
    assert end(record, stack) is None
    assert not is_over(warned(record, NOW), stack, NOW + 365 * DAY)
    assert warning_due(record, stack, NOW + 365 * DAY) is None


def test_what_was_never_created_ends_after_an_hour_or_earlier() -> None:
    failed = replace(STACK, is_failed_create=True)
    assert end(RECORD, failed) == NOW + HOUR
    short = replace(RECORD, expires_at=NOW + 900)
    assert end(short, replace(failed, ttl_seconds=900)) == NOW + 900


@pytest.mark.parametrize(
    ("warned_at", "now", "over"),
    [
        (OVER - 900, OVER + 299, False),
        (OVER - 900, OVER + 300, True),
        (OVER, OVER + 899, False),
        (OVER, OVER + 900, True),
    ],
)
def test_it_is_over_a_while_after_its_end_and_after_a_warning(
    warned_at: int, now: int, over: bool
) -> None:
    assert is_over(warned(RECORD, warned_at), STACK, now) is over


def test_it_is_never_over_without_a_warning_of_this_very_end() -> None:
    assert not is_over(RECORD, STACK, OVER + DAY)
    assert not is_over(warned(RECORD, NOW, over=OVER - 60), STACK, OVER + DAY)


@pytest.mark.parametrize(
    ("ttl_seconds", "before_end", "ahead"),
    [
        (3 * DAY, DAY + 1, None),
        (3 * DAY, DAY, DAY),
        (3 * DAY, HOUR + 1, DAY),
        (3 * DAY, HOUR, HOUR),
        (3 * DAY, 900, 900),
        (3 * DAY, -DAY, 900),
        (DAY, DAY, None),
        (8 * HOUR, 2 * HOUR, None),
        (8 * HOUR, HOUR, HOUR),
        (HOUR, 59 * 60, None),
        (900, 900, 900),
        (600, 600, 900),
    ],
)
def test_warnings_come_as_far_ahead_as_it_lives(
    ttl_seconds: int, before_end: int, ahead: int | None
) -> None:
    over = NOW + ttl_seconds
    record = replace(RECORD, ttl_seconds=ttl_seconds, expires_at=over)
    stack = replace(STACK, ttl_seconds=ttl_seconds)
    assert warning_due(record, stack, over - before_end) == ahead


def test_a_warning_comes_once_and_again_for_another_end() -> None:
    record = warned(RECORD, OVER - HOUR, ahead_seconds=HOUR)
    assert warning_due(record, STACK, OVER - HOUR + 60) is None
    assert warning_due(record, STACK, OVER - 900) == 900
    extended = replace(record, expires_at=OVER + HOUR)
    assert warning_due(extended, STACK, OVER) == HOUR


@given(
    ttl_seconds=st.integers(900, 30 * DAY),
    steps=st.lists(st.integers(1, 2 * DAY), min_size=1, max_size=40),
)
def test_every_environment_is_warned_at_least_once_before_it_is_over(
    ttl_seconds: int, steps: list[int]
) -> None:
    record = replace(RECORD, ttl_seconds=ttl_seconds, expires_at=NOW + ttl_seconds)
    stack = replace(STACK, ttl_seconds=ttl_seconds)
    now, sent = NOW, list[int]()
    for step in [*steps, 40 * DAY, 900]:
        now += step
        if is_over(record, stack, now):
            assert sent
            break
        ahead = warning_due(record, stack, now)
        if ahead is not None:
            sent.append(ahead)
            record = warned(record, now, ahead, NOW + ttl_seconds)
    else:
        pytest.fail("it was never over")
    assert sent == sorted(set(sent), reverse=True)
