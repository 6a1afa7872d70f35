"""Waiting until every task serves a version."""

import json
from typing import Any

from mockenv.cloud.rollout import (
    NOT_HEARD,
    Report,
    Rollout,
    rollout,
    task_reports,
    wait_for_rollout,
)
from mockenv.cloud.task_log import TaskLog

V1, V2 = "1111111111111111", "2222222222222222"


def test_it_is_done_when_every_running_task_serves_it() -> None:
    seen = rollout(["a", "b"], [Report("a", V2, None), Report("b", V2, None)], V2)
    assert seen.is_done
    assert seen.serving == {"a", "b"}


def test_a_task_that_failed_is_named_with_its_reason() -> None:
    seen = rollout(["a", "b"], [Report("a", V2, None), Report("b", V2, "no such file")], V2)
    assert not seen.is_done
    assert seen.waiting == {"b": "no such file"}


def test_a_task_that_said_nothing_or_of_another_version_only_is_waited_for() -> None:
    seen = rollout(["a", "b"], [Report("b", V1, None)], V2)
    assert seen.waiting == {"a": NOT_HEARD, "b": NOT_HEARD}


def test_the_last_word_counts() -> None:
    reports = [Report("a", V2, "S3 is away"), Report("a", V2, None)]
    assert rollout(["a"], reports, V2).is_done
    assert not rollout(["a"], reports[::-1], V2).is_done


def test_tasks_that_are_gone_don_t_count_and_none_is_not_enough() -> None:
    assert not rollout([], [Report("gone", V2, None)], V2).is_done


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


def test_waiting_ends_with_the_rollout_and_tells_of_each_change() -> None:
    half, whole = rollout(["a", "b"], [Report("a", V2, None)], V2), Rollout(frozenset("ab"), {})
    looks, told, clock = iter([half, half, whole]), list[Rollout](), Clock()
    seen = wait_for_rollout(
        lambda: next(looks), wait_seconds=90, clock=clock, wait=clock.wait, on_change=told.append
    )
    assert seen == whole
    assert told == [half, whole]


def test_waiting_ends_when_its_time_is_over() -> None:
    half, clock = rollout(["a"], [], V2), Clock()
    seen = wait_for_rollout(
        lambda: half, wait_seconds=10, clock=clock, wait=clock.wait, on_change=lambda _: None
    )
    assert seen == half
    assert 10 <= clock.now < 20


class Logs:
    """CloudWatch Logs as far as it is asked: pages of events, not in order."""

    def __init__(self, *pages: list[dict[str, Any]]) -> None:
        self.pages = pages
        self.asked: dict[str, Any] = {}

    def get_paginator(self, operation: str) -> "Logs":
        assert operation == "filter_log_events"
        return self

    def paginate(self, **asked: Any) -> list[dict[str, Any]]:
        self.asked = asked
        return [{"events": page} for page in self.pages]


def event(timestamp: int, task: str, **line: object) -> dict[str, Any]:
    stream = f"pr-7/mock-host/{task}"
    return {"timestamp": timestamp, "logStreamName": stream, "message": json.dumps(line)}


def test_reports_come_from_the_tasks_logs_in_order() -> None:
    logs = Logs(
        [event(3, "a", event="config_reloaded", version=V2)],
        [
            event(1, "a", event="config_reload_failed", version=V2, reason="S3 is away"),
            event(2, "b", event="ready", version=V2),
            {"timestamp": 2, "logStreamName": "x/y/c", "message": "not json"},
            event(2, "c", event="ready"),
            event(2, "c", event="request", version=V2),
        ],
    )
    assert task_reports(logs, TaskLog("/mockenv/shop/tasks", "pr-7/"), 5) == [
        Report("a", V2, "S3 is away"),
        Report("b", V2, None),
        Report("a", V2, None),
    ]
    assert logs.asked["startTime"] == 5
    assert logs.asked["logGroupName"] == "/mockenv/shop/tasks"
    assert logs.asked["logStreamNamePrefix"] == "pr-7/"
