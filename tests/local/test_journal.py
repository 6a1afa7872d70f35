"""What of the log a person sees."""

import json
from pathlib import Path

from mockenv.local.journal import MOST_LINES_PER_LOOK, LogFollower, describe, summarize


def request(**values: object) -> str:
    entry = {"event": "request", "method": "GET", "path": "/auth/tokens", "status": 200,
             "duration_ms": 3.4, "mock": "auth"}  # fmt: skip
    return json.dumps(entry | values)


def test_a_request_becomes_one_short_line() -> None:
    assert describe(request()) == "GET /auth/tokens 200 3 ms auth"


def test_a_request_that_no_mock_answered_shows_a_dash() -> None:
    assert describe(request(mock=None, status=404)) == "GET /auth/tokens 404 3 ms -"


def test_health_checks_and_start_lines_are_not_shown() -> None:
    assert describe(request(path="/_mockenv/health")) is None
    assert describe('{"event": "ready"}') is None
    assert describe("") is None


def test_lines_of_another_form_are_shown_as_they_are() -> None:
    assert describe("Warning: something") == "Warning: something"
    assert describe('{"event":"refused","reason":"expired"}') is not None


def test_a_flood_is_summed_up() -> None:
    shown = list(summarize([request()] * (MOST_LINES_PER_LOOK + 1234)))
    assert len(shown) == MOST_LINES_PER_LOOK + 1
    assert shown[-1] == "… and 1,234 more"


def test_only_what_was_added_is_read_and_only_whole_lines(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("before\n")
    follower = LogFollower(log)
    with log.open("a") as writer:
        writer.write("one\ntw")
        writer.flush()
        assert follower.new_lines() == ["one"]
        writer.write("o\n")
        writer.flush()
        assert follower.new_lines() == ["two"]
        assert follower.new_lines() == []


def test_a_log_that_grows_too_large_is_emptied_and_followed_on(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("")
    follower = LogFollower(log, largest_bytes=10)
    with log.open("a") as writer:
        writer.write("0123456789\n")
        writer.flush()
        assert follower.new_lines() == ["0123456789"]
        assert log.stat().st_size == 0
        writer.write("new\n")
        writer.flush()
        assert follower.new_lines() == ["new"]


def test_a_reload_is_told_in_words() -> None:
    line = json.dumps({"event": "config_reloaded", "changed": ["core"], "removed": []})
    assert describe(line) == "reloaded: changed core"


def test_what_becomes_of_a_mockserver_is_told_in_words() -> None:
    back = {"event": "expectations_in_force", "mock": "ledger", "expectations": 2}
    assert describe(json.dumps(back)) == "ledger: its MockServer has its expectations (2)"
    lost = {"event": "mockserver_lost", "mock": "ledger", "reason": "it is gone"}
    assert describe(json.dumps(lost)) == "ledger: its MockServer is in trouble: it is gone"
    assert describe('{"event":"expectations_refused","mock":"ledger"}') is None


def test_a_broken_document_is_told_with_its_place() -> None:
    entry = {"event": "mock_reload_failed", "mock": "core", "file": "mocks/core.yaml", "line": 12,
             "reason": "bad indentation", "serves_last_good": True}  # fmt: skip
    assert describe(json.dumps(entry)) == (
        "core is not reloaded: mocks/core.yaml:12: bad indentation; the last good one goes on"
    )
