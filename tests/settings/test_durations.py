"""Times to live, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockenv.settings.durations import (
    LONGEST_TTL_SECONDS,
    SHORTEST_TTL_SECONDS,
    format_ttl,
    parse_ttl,
)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("15m", 900), ("90m", 5_400), ("8h", 28_800), ("3d", 259_200), ("365d", 31_536_000)],
)
def test_minutes_hours_and_days_are_seconds(text: str, seconds: int) -> None:
    assert parse_ttl(text) == seconds


def test_never_has_no_seconds() -> None:
    assert parse_ttl("never") is None
    assert format_ttl(None) == "never"


@pytest.mark.parametrize(("seconds", "text"), [(5_400, "90m"), (86_400, "1d"), (90_000, "25h")])
def test_a_ttl_is_written_in_its_largest_whole_unit(seconds: int, text: str) -> None:
    assert format_ttl(seconds) == text


@given(st.integers(SHORTEST_TTL_SECONDS // 60, LONGEST_TTL_SECONDS // 60))
def test_what_is_written_reads_back(minutes: int) -> None:
    assert parse_ttl(format_ttl(minutes * 60)) == minutes * 60


@given(st.text())
def test_any_text_is_a_ttl_within_the_bounds_or_refused(text: str) -> None:
    try:
        seconds = parse_ttl(text)
    except ValueError:
        return
    assert seconds is None or SHORTEST_TTL_SECONDS <= seconds <= LONGEST_TTL_SECONDS
