"""Times as people read and write them."""

import time
from collections.abc import Iterator

import pytest

from mockenv.cloud.times import countdown, iso, local, parse_until, span, utc
from mockenv.errors import ExitCode, MockenvError

NOW = 1_795_000_000  # 2026-11-18 11:06:40 UTC


@pytest.fixture(autouse=True)
def _one_hour_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "XYZ-1")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_time_in_utc_here_and_for_programs() -> None:
    assert utc(NOW) == "2026-11-18 11:06 UTC"
    assert local(NOW) == "2026-11-18 12:06 XYZ"
    assert iso(NOW) == "2026-11-18T11:06:40+00:00"
    assert iso(None) is None


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3_599, "59 min"),
        (3_600, "1 h"),
        (7_500, "2 h 5 min"),
        (86_400, "1 d"),
        (86_400 + 59 * 60, "1 d"),
        (7 * 86_400 + 3 * 3_600 + 60, "7 d 3 h"),
    ],
)
def test_lengths_of_time(seconds: int, written: str) -> None:
    assert span(seconds) == written


def test_a_countdown_goes_on_past_the_end() -> None:
    assert countdown(NOW + 7_500, NOW) == "in 2 h 5 min"
    assert countdown(NOW, NOW) == "over since 0 s"
    assert countdown(NOW - 180, NOW) == "over since 3 min"


@pytest.mark.parametrize(
    "text",
    ["2026-11-18T13:06", "2026-11-18 13:06:00", "2026-11-18T12:06Z", "2026-11-18T07:06-05:00"],
)
def test_a_time_is_local_unless_it_names_its_zone(text: str) -> None:
    assert utc(parse_until(text, NOW)) == "2026-11-18 12:06 UTC"


@pytest.mark.parametrize("text", ["tomorrow", "18:00", "", "2026-13-01T00:00", "+4h"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(MockenvError, match="is no time") as caught:
        parse_until(text, NOW)
    assert caught.value.exit_code == ExitCode.BAD_INPUT
    assert "2026-11-21T18:00" in caught.value.next_step


def test_a_time_that_is_over_is_said_in_both_zones() -> None:
    with pytest.raises(MockenvError, match="2026-11-18 11:05 UTC, 2026-11-18 12:05 XYZ"):
        parse_until("2026-11-18T12:05", NOW)
