"""Which alarms an environment has, and from where on."""

from pathlib import Path
from typing import Any

import pytest

from builders import environment, mock
from mockenv.alarms.rules import alarm_rules
from mockenv.alarms.thresholds import latency_ms, memory_percent
from mockenv.log_queries import saved_queries
from mockenv.settings.faults import Errors, Latency
from mockenv.settings.model import AlarmSet, Engine, TaskCount
from mockenv.settings.resolve import EnvironmentSettings, MockSettings
from mockenv.settings.sizes import NAMED_SIZES, TaskSize


@pytest.fixture
def core(tmp_path: Path) -> MockSettings:
    source = tmp_path / "core.yaml"
    source.write_text("openapi: 3.1.0")
    return mock(source)


def watched(core: MockSettings, **changes: Any) -> EnvironmentSettings:
    return environment(core, **({"alarms": AlarmSet.ALL} | changes))


def test_one_or_all(core: MockSettings) -> None:
    one = alarm_rules(watched(core, alarms=AlarmSet.ONE), 1)
    assert [rule.name for rule in one] == ["MissingTasks"]
    assert [rule.name for rule in alarm_rules(watched(core), 1)] == [
        "MissingTasks",
        "UnhealthyTasks",
        "ServerErrors",
        "CPU",
        "Memory",
        "TokenCheckErrors",
        "Latency",
    ]


def test_without_a_token_check_there_is_none_to_watch(core: MockSettings) -> None:
    names = [rule.name for rule in alarm_rules(watched(core, tokens=None), 1)]
    assert "TokenCheckErrors" not in names


def test_each_says_what_is_wrong_and_what_to_do(core: MockSettings) -> None:
    for rule in alarm_rules(watched(core), 2):
        assert rule.meaning
        assert rule.next_step
        assert rule.datapoints <= rule.periods
        ids = [metric.id for metric in rule.metrics]
        assert len(ids) == len(set(ids))
        assert all(each in rule.expression for each in ids)


def test_tasks_of_all_target_groups_count(core: MockSettings) -> None:
    missing, unhealthy, *_ = alarm_rules(watched(core), 2)
    assert missing.expression == "100 * (wanted - (FILL(healthy1, 0) + FILL(healthy2, 0))) / wanted"
    assert unhealthy.expression == "MAX([unhealthy1, unhealthy2])"
    assert [metric.group for metric in unhealthy.metrics] == [0, 1]


@pytest.mark.parametrize(("most", "minutes"), [(1, 5), (4, 15)])
def test_where_tasks_come_and_go_missing_ones_have_longer(
    core: MockSettings, most: int, minutes: int
) -> None:
    missing, *_ = alarm_rules(watched(core, tasks=TaskCount(min=1, max=most)), 1)
    assert (missing.datapoints, missing.periods) == (minutes, minutes + 2)


def test_latency_is_beyond_what_the_settings_ask_for(core: MockSettings) -> None:
    assert latency_ms([core]) == 1_000
    slow = mock(core.source, latency=Latency(min_ms=200, max_ms=3_000))
    spread = mock(core.source, latency=Latency(p50_ms=40, p90_ms=120, p99_ms=900))
    assert latency_ms([core, slow, spread]) == 4_000


@pytest.mark.parametrize(
    ("size", "engines", "percent"),
    [
        (NAMED_SIZES["small"], [Engine.PRISM], 70),
        (NAMED_SIZES["medium"], [Engine.MOCKSERVER], 88),
        (TaskSize(256, 256), [Engine.PRISM], 95),
        (NAMED_SIZES["xlarge"], [Engine.PRISM, Engine.MOCKSERVER], 70),
    ],
)
def test_memory_is_beyond_what_the_mocks_fill(
    core: MockSettings, size: TaskSize, engines: list[Engine], percent: int
) -> None:
    mocks = [mock(core.source, f"m{n}", f"/m{n}", engine=e) for n, e in enumerate(engines)]
    assert memory_percent(environment(*mocks, size=size)) == percent


def test_errors_that_the_settings_ask_for_are_taken_off(core: MockSettings) -> None:
    def expression(**errors: Any) -> str:
        failing = mock(core.source, errors=Errors(**errors))
        rules = alarm_rules(watched(failing), 1)
        (found,) = (rule.expression for rule in rules if rule.name == "ServerErrors")
        return found

    assert expression(share=0.05) == "errors - 0.1 * requests"
    assert expression(share=0.05, status=404) == "errors"


def test_queries_that_alarms_point_to_are_saved(core: MockSettings) -> None:
    saved = {f"mockenv/payments/{query.name}" for query in saved_queries("payments")}
    steps = [rule.next_step for rule in alarm_rules(watched(core), 1)]
    pointed_to = {step.rpartition(" ")[2] for step in steps if "saved query" in step}
    assert len(pointed_to) == 2
    assert pointed_to <= saved


def test_the_docs_name_every_alarm_and_every_query(core: MockSettings, root: Path) -> None:
    text = (root / "docs" / "observability.md").read_text(encoding="utf-8")
    for rule in alarm_rules(watched(core), 1):
        assert f"| `{rule.name}` |" in text
    for query in saved_queries("payments"):
        assert f"| `{query.name}` |" in text
