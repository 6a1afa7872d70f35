"""Metrics of reloads, held against what the mock host really writes."""

import re

from synthesized import ROOT, Synthesized

EVENT = re.compile(r'\$\.event = "([a-z_]+)"')


def test_reloads_failures_and_mocks_are_counted_from_the_tasks_log(
    synthesized: Synthesized,
) -> None:
    filters = [
        resource["Properties"]
        for resource in synthesized.all_of("pr-123", "AWS::Logs::MetricFilter")
    ]
    metrics = {}
    for each in filters:
        (transformation,) = each["MetricTransformations"]
        assert transformation["MetricNamespace"] == "Mockenv/payments/pr-123"
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
    for resource in synthesized.all_of("pr-123", "AWS::Logs::MetricFilter"):
        (event,) = EVENT.findall(resource["Properties"]["FilterPattern"])
        assert f"event: '{event}'" in sources
    assert "mock_count:" in sources


def test_they_read_the_log_that_tasks_write(synthesized: Synthesized) -> None:
    task_log = synthesized.container("pr-123", "mock-host")["LogConfiguration"]["Options"]
    for resource in synthesized.all_of("pr-123", "AWS::Logs::MetricFilter"):
        assert resource["Properties"]["LogGroupName"] == task_log["awslogs-group"]
