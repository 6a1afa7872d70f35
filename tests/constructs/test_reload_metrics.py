"""Metrics of reloads, held against what the mock host really writes."""

import re
from typing import Any

from synthesized import ROOT, Synthesized

EVENT = re.compile(r'\$\.event = "([a-z_]+)"')


def filters(synthesized: Synthesized) -> list[dict[str, Any]]:
    found = synthesized.all_of("network-none", "AWS::Logs::MetricFilter")
    return [resource["Properties"] for resource in found]


def test_reloads_failures_and_mocks_are_counted_by_environment(synthesized: Synthesized) -> None:
    metrics = {}
    for each in filters(synthesized):
        (transformation,) = each["MetricTransformations"]
        assert transformation["MetricNamespace"] == "Mockenv/payments"
        assert transformation["Dimensions"] == [{"Key": "Environment", "Value": "$.environment"}]
        metrics[transformation["MetricName"]] = (
            each["FilterPattern"],
            transformation["MetricValue"],
        )
    assert metrics == {
        "ConfigReloadCount": ('{ $.event = "config_reloaded" }', "1"),
        "ConfigReloadFailed": ('{ $.event = "config_reload_failed" }', "1"),
        "MockCount": ('{ $.event = "config_reloaded" }', "$.mock_count"),
    }


def test_the_mock_host_writes_these_events_and_fields(synthesized: Synthesized) -> None:
    sources = "".join(path.read_text() for path in (ROOT / "mock_host" / "src").rglob("*.ts"))
    for each in filters(synthesized):
        (event,) = EVENT.findall(each["FilterPattern"])
        assert f"event: '{event}'" in sources
    assert "mock_count:" in sources


def test_they_read_the_log_that_tasks_write(synthesized: Synthesized) -> None:
    task_log = synthesized.container("pr-123", "mock-host")["LogConfiguration"]["Options"]
    resources = synthesized.template("network-none")["Resources"]
    for each in filters(synthesized):
        group = resources[each["LogGroupName"]["Ref"]]["Properties"]["LogGroupName"]
        assert group == task_log["awslogs-group"]
