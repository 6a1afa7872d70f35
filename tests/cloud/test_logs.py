"""`mockenv logs`: whose lines it shows, that none is lost or told twice, and as a process."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import pytest

from cloud.conftest import Deployed, mockenv
from cloud.fake_logs import GROUP, PAGE, FakeLogs
from mockenv.cloud.log_command import chosen_part, parse_since
from mockenv.cloud.log_lines import LogLine, follow_lines, read_lines
from mockenv.cloud.log_source import Part, log_source
from mockenv.errors import ExitCode, MockenvError

NOW = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
TASK = "0a1b2c3d4e5f0a1b2c3d4e5f0a1b2c3d"
VALIDATORS = "/mockenv/shop/token-validators"


def write(project: Deployed, stream: str, *messages: str) -> None:
    logs = project.emulator.client("logs")
    logs.create_log_stream(logGroupName=GROUP, logStreamName=stream)
    now = int(time.time() * 1_000) - 5_000
    events = [{"timestamp": now + n, "message": text} for n, text in enumerate(messages)]
    logs.put_log_events(logGroupName=GROUP, logStreamName=stream, logEvents=events)


@pytest.fixture
def written(project: Deployed) -> Deployed:
    project.emulator.client("logs").create_log_group(logGroupName=GROUP)
    write(project, f"pr-7/mock-host/{TASK}", '{"event":"ready"}', "not JSON")
    return project


def test_tasks_whether_or_not_the_environment_still_exists(written: Deployed) -> None:
    code, out, talk = mockenv(written, "logs", "pr-7")
    assert (code, talk) == (0, "")
    first, second = out.splitlines()
    assert first.endswith('mock-host/0a1b2c3d  {"event":"ready"}')
    assert second.endswith("mock-host/0a1b2c3d  not JSON")
    told = [json.loads(each) for each in mockenv(written, "logs", "pr-7", "--json")[1].splitlines()]
    assert [each["message"] for each in told] == [{"event": "ready"}, "not JSON"]
    assert told[0]["stream"] == f"pr-7/mock-host/{TASK}"


@pytest.mark.parametrize(
    ("part", "group", "stream"),
    [
        (Part.TASKS, GROUP, "pr-{}/mock-host/a"),
        (Part.TOKENS, VALIDATORS, "2026/11/20/mockenv-shop-env-pr-{}-tokens[$LATEST]a"),
    ],
)
def test_lines_of_others_are_not_shown(part: Part, group: str, stream: str) -> None:
    """The emulator reads all streams whatever they are called; the fake does as AWS does."""
    logs = FakeLogs({stream.format(n): [f"of pr-{n}"] for n in (7, 70, 71)}, group=group)
    found = read_lines(logs, log_source("shop", "pr-7", part), NOW, NOW)
    assert [each.message for each in found] == ["of pr-7"]


def test_nothing_written_and_nowhere_to_look(project: Deployed) -> None:
    code, out, talk = mockenv(project, "logs", "pr-7")
    assert (code, out) == (1, "")
    assert "cdk deploy --all" in talk
    project.emulator.client("logs").create_log_group(logGroupName=GROUP)
    code, out, talk = mockenv(project, "logs", "pr-7", "--since", "8h")
    assert (code, out) == (0, "")
    assert "tasks of pr-7 wrote nothing since" in talk


def test_gateway_lines_are_chosen_by_the_environment_that_they_name() -> None:
    """The emulator knows no patterns of JSON, so this is held by what is asked."""
    source = log_source("shop", "pr-7", Part.GATEWAY)
    assert source.pattern == '{ $.environment = "pr-7" }'
    assert source.stream_prefixes(NOW, NOW) == [None]


def test_a_validators_streams_are_those_of_every_day_it_may_have_begun_on() -> None:
    source = log_source("shop", "pr-7", Part.TOKENS)
    name = "mockenv-shop-env-pr-7-tokens["
    days = source.stream_prefixes(NOW - timedelta(hours=1), NOW)
    assert days == [f"2026/11/{day}/{name}" for day in (18, 19, 20)]


def test_lines_are_told_before_the_next_page_is_asked_for() -> None:
    """So a span of days takes no more memory than a page, and its first lines come at once."""
    stream = "pr-7/mock-host/a"
    logs = FakeLogs({stream: [str(number) for number in range(3 * PAGE)]})
    found = read_lines(logs, log_source("shop", "pr-7", Part.TASKS), NOW, NOW)
    first = [each.message for each in islice(found, PAGE)]
    assert (first, logs.pages_given) == (["0", "1", "2"], 1)
    assert [each.message for each in found] == [str(number) for number in range(PAGE, 3 * PAGE)]
    assert logs.pages_given == 3


def test_lines_of_several_days_streams_are_told_by_their_time() -> None:
    of_day = "2026/11/{}/mockenv-shop-env-pr-7-tokens[$LATEST]a".format
    start = {of_day(18): 0, of_day(19): 2, of_day(20): 1}
    logs = FakeLogs({stream: ["x", "x", "x", "x"] for stream in start}, start, VALIDATORS)
    found = list(
        read_lines(logs, log_source("shop", "pr-7", Part.TOKENS), NOW - timedelta(hours=1), NOW)
    )
    times = [each.timestamp_milliseconds for each in found]
    assert times == sorted(times)
    assert len(times) == 12


@pytest.mark.parametrize(
    ("text", "ago"), [("30s", timedelta(seconds=30)), ("3d", timedelta(days=3))]
)
def test_since(text: str, ago: timedelta) -> None:
    assert parse_since(text, NOW.timestamp()) == NOW - ago


@pytest.mark.parametrize("text", ["a day", "0m", "15", "-5m"])
def test_no_length_of_time(text: str) -> None:
    with pytest.raises(MockenvError, match="is no length of time") as caught:
        parse_since(text, NOW.timestamp())
    assert caught.value.exit_code is ExitCode.BAD_INPUT


def test_one_part_at_a_time() -> None:
    assert chosen_part(tasks=False, gateway=False, tokens=False) is Part.TASKS
    assert chosen_part(tasks=False, gateway=False, tokens=True) is Part.TOKENS
    with pytest.raises(MockenvError, match="a log of their own"):
        chosen_part(tasks=True, gateway=False, tokens=True)


def line(seconds: int, text: str) -> LogLine:
    at = int((NOW + timedelta(seconds=seconds)).timestamp() * 1_000)
    return LogLine(at, "pr-7/mock-host/a", text, text)


def looks(*answers: list[LogLine]) -> tuple[Callable[[datetime], list[LogLine]], list[datetime]]:
    """Answer with each of the lists in turn, as far as they are of the time that is asked for."""
    asked: list[datetime] = []
    each: Iterator[list[LogLine]] = iter(answers)

    def look(since: datetime) -> list[LogLine]:
        asked.append(since)
        return [found for found in next(each) if found.at >= since]

    return look, asked


def test_following_tells_each_line_once_also_late_ones() -> None:
    one, two, late, last = line(0, "one"), line(9, "two"), line(8, "late"), line(60, "last")
    look, asked = looks([line(-9, "before"), one], [one, two], [one, late, two], [two, late, last])
    waited: list[float] = []
    told = [each.message for each in islice(follow_lines(look, NOW, waited.append), 4)]
    assert told == ["one", "two", "late", "last"]
    assert len(waited) == 3
    assert asked[0] < NOW


def test_following_forgets_what_can_not_come_again() -> None:
    """Else a command that runs for days would hold every line's id."""
    many: list[Any] = [[line(minute * 60, str(minute))] for minute in range(50)]
    look, _ = looks(*many)
    told = [each.message for each in islice(follow_lines(look, NOW, lambda _: None), 50)]
    assert told == [str(minute) for minute in range(50)]
