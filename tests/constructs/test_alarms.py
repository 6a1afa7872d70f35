"""Alarms as synthesized, against what CloudWatch would see: on when they should be, else off."""

from collections.abc import Sequence
from typing import Any

import pytest

from alarm_evaluator import Series, WatchedAlarm
from scaling_simulation.cases import read_world
from scaling_simulation.curves import CURVES
from scaling_simulation.run import play
from scaling_simulation.template import read_rules
from synthesized import Synthesized

TOPIC = {"Ref": "TtlCleanupNotificationsTopicArn"}
OF_TARGETS = ["LoadBalancer", "TargetGroup"]
OF_SERVICE = ["ClusterName", "ServiceName"]
OF_GATEWAY = ["ApiId", "Stage"]
KNOWN = {
    "wanted": ("ECS/ContainerInsights", "DesiredTaskCount", "Minimum", OF_SERVICE),
    "healthy1": ("AWS/ApplicationELB", "HealthyHostCount", "Minimum", OF_TARGETS),
    "unhealthy1": ("AWS/ApplicationELB", "UnHealthyHostCount", "Maximum", OF_TARGETS),
    "used": ("AWS/ECS", "CPUUtilization", "Average", OF_SERVICE),
    "throttled": ("AWS/Lambda", "Throttles", "Sum", ["FunctionName"]),
    "p99": ("AWS/ApiGateway", "IntegrationLatency", "p99", OF_GATEWAY),
}


def properties(synthesized: Synthesized, stack: str) -> dict[str, dict[str, Any]]:
    """Return the alarms of people, by their construct's name.

    Those of scaling act on policies, that of deployments on nothing.
    """
    resources = synthesized.template(stack)["Resources"].items()
    return {
        name.removeprefix("Alarms")[:-8]: resource["Properties"]
        for name, resource in resources
        if resource["Type"] == "AWS::CloudWatch::Alarm"
        and resource["Properties"].get("AlarmActions") == [TOPIC]
    }


def alarm(synthesized: Synthesized, name: str, stack: str = "int") -> WatchedAlarm:
    return WatchedAlarm(properties(synthesized, stack)[name])


def test_a_pull_request_has_one_and_a_lasting_environment_all(synthesized: Synthesized) -> None:
    assert set(properties(synthesized, "pr-123")) == {"MissingTasks"}
    every = {"MissingTasks", "UnhealthyTasks", "ServerErrors", "CPU", "Memory", "Latency"}
    for stack in ("int", "load"):
        assert set(properties(synthesized, stack)) == every | {"TokenCheckErrors"}


def test_none_is_blind_after_a_swap(synthesized: Synthesized) -> None:
    """Blue-green tasks are in either of two groups."""
    for name in ("MissingTasks", "UnhealthyTasks"):
        queries = properties(synthesized, "stage")[name]["Metrics"]
        watched = [each["MetricStat"]["Metric"] for each in queries if "MetricStat" in each]
        groups = {
            str(dimension["Value"])
            for metric in watched
            for dimension in metric["Dimensions"]
            if dimension["Name"] == "TargetGroup"
        }
        assert len(groups) == 2, name


@pytest.mark.parametrize("stack", ["pr-123", "int", "load"])
def test_each_tells_the_topic_also_when_it_is_over(synthesized: Synthesized, stack: str) -> None:
    for found in properties(synthesized, stack).values():
        assert found["OKActions"] == [TOPIC]
        description = found["AlarmDescription"]
        assert description.startswith(f"Mock environment {stack} of payments: ")
        assert ". Next: " in description


def test_each_watches_the_metrics_that_aws_keeps(synthesized: Synthesized) -> None:
    seen = {}
    for name, found in properties(synthesized, "int").items():
        for query in found["Metrics"]:
            if "MetricStat" in query and name != "Memory":
                metric = query["MetricStat"]["Metric"]
                dimensions = [each["Name"] for each in metric["Dimensions"]]
                statistic = query["MetricStat"]["Stat"]
                seen[query["Id"]] = (
                    metric["Namespace"],
                    metric["MetricName"],
                    statistic,
                    dimensions,
                )
    assert {name: seen[name] for name in KNOWN} == KNOWN


def missing(wanted: Series, healthy: Series) -> dict[str, Series]:
    return {"wanted": wanted, "healthy1": healthy}


def test_missing_tasks_that_are_unhealthy_or_never_come(synthesized: Synthesized) -> None:
    one = alarm(synthesized, "MissingTasks", "pr-123")
    well: list[float | None] = [1] * 10
    assert not one.is_on(missing(well, well))
    for gone in (0, None):  # registered and unhealthy; not even registered
        assert not one.is_on(missing([1] * 14, [*well, *[gone] * 4]))
        assert one.is_on(missing([1] * 15, [*well, *[gone] * 5]))
    assert one.minutes_on(missing([1] * 24, [*well, *[0] * 9, *[1] * 5]))[-1] == 21


def test_missing_tasks_of_one_that_ends_again_and_again(synthesized: Synthesized) -> None:
    """Healthy for part of each minute: the least of it counts."""
    flapping: list[Sequence[float]] = [[0, 1, 1]] * 5
    assert alarm(synthesized, "MissingTasks", "pr-123").is_on(missing([1] * 5, flapping))


def test_missing_tasks_is_off_while_an_environment_is_made_and_deleted(
    synthesized: Synthesized,
) -> None:
    one = alarm(synthesized, "MissingTasks", "pr-123")
    making = missing([None, None, 1, 1, 1, 1], [None, None, None, 0, 1, 1])
    assert one.minutes_on(making) == []
    deleting = missing([1] * 5 + [None] * 10, [1] * 5 + [None] * 10)
    assert one.minutes_on(deleting) == []


def test_missing_tasks_bears_values_that_come_late(synthesized: Synthesized) -> None:
    """Made up values of `healthy` count only where there is one of `wanted`."""
    one = alarm(synthesized, "MissingTasks", "pr-123")
    well, ill = missing([1] * 20, [1] * 20), missing([1] * 20, [0] * 20)
    for late in ({"healthy1": 1}, {"healthy1": 2}, {"healthy1": 1, "wanted": 2}, {"wanted": 3}):
        assert not one.is_on(well, late)
        assert one.is_on(ill, late)


def test_missing_tasks_is_off_in_a_rolling_deployment_and_when_tasks_go(
    synthesized: Synthesized,
) -> None:
    one = alarm(synthesized, "MissingTasks", "pr-123")
    rolling = missing([1] * 12, [1, 1, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1])
    assert one.minutes_on(rolling) == []
    load = alarm(synthesized, "MissingTasks", "load")
    fewer = missing([100] * 3 + [75] * 17, [100] * 5 + [75] * 15)
    assert load.minutes_on(fewer) == []


def test_missing_tasks_bears_spot_interruptions(synthesized: Synthesized) -> None:
    """Some of fifty are always being replaced; a fifth of them missing for long is not that."""
    load = alarm(synthesized, "MissingTasks", "load")
    assert load.minutes_on(missing([50] * 60, [46, 48, 45] * 20)) == []
    assert load.is_on(missing([50] * 16, [40] * 16))
    one = alarm(synthesized, "MissingTasks", "pr-123")
    assert one.minutes_on(missing([1] * 20, [1] * 8 + [0, 0, 0] + [1] * 9)) == []


@pytest.mark.parametrize("stack", ["load", "surge"])
def test_scaling_itself_sets_neither_tasks_nor_cpu_off(
    synthesized: Synthesized, stack: str
) -> None:
    """The simulation's ramp, to a hundred times the load: tasks lag behind, and catch up."""
    template = synthesized.template(stack)
    world = read_world(template)
    (ramp,) = (curve for curve in CURVES if curve.name == "ramp")
    seconds = play(read_rules(template), ramp, world)
    minutes = [seconds[start : start + 60] for start in range(0, len(seconds), 60)]
    one_task = world.capacity.requests_per_second
    wanted = [[second.desired for second in minute] for minute in minutes]
    healthy = [[second.capacity / one_task for second in minute] for minute in minutes]
    assert alarm(synthesized, "MissingTasks", stack).minutes_on(missing(wanted, healthy)) == []


def test_unhealthy_for_five_minutes(synthesized: Synthesized) -> None:
    ill = alarm(synthesized, "UnhealthyTasks")
    assert ill.minutes_on({"unhealthy1": [0, 1, 1, 1, 1, 1, 0]}) == [6]
    assert ill.minutes_on({"unhealthy1": [1, 1, 1, 1, 0, 1, 1, 1, 1]}) == []
    assert ill.minutes_on({"unhealthy1": [None] * 10}) == []


def test_more_than_ten_server_errors_in_five_minutes(synthesized: Synthesized) -> None:
    errors = alarm(synthesized, "ServerErrors")
    assert errors.is_on({"errors": [0, 4, 0, 4, 3]})
    assert not errors.is_on({"errors": [2, 2, 2, 2, 2]})
    assert not errors.is_on({"errors": [None, None, 5, None, None]})
    assert not errors.is_on({"errors": [None] * 5})


@pytest.mark.parametrize("name", ["CPU", "Memory"])
def test_busy_for_ten_minutes(synthesized: Synthesized, name: str) -> None:
    busy = alarm(synthesized, name)
    assert busy.properties["Threshold"] == 70
    assert busy.minutes_on({"used": [60, *[71] * 10, 60]}) == [11]
    assert busy.minutes_on({"used": [*[99] * 9, 50, *[99] * 9]}) == []


def test_token_checks_that_fail_again(synthesized: Synthesized) -> None:
    """Answers are cached, so calls are few and values missing; throttled calls have no `errors`."""
    failing = alarm(synthesized, "TokenCheckErrors")

    def series(errors: Series, throttled: Series) -> dict[str, Series]:
        return {"errors": errors, "throttled": throttled}

    quiet: Series = [None] * 5
    assert failing.is_on(series([*quiet, 1, *quiet, None, 1, None, None], [*quiet, *quiet, *quiet]))
    assert failing.is_on(series([*quiet, *quiet, *quiet], [*quiet, 1, *quiet, None, 1, None, None]))
    assert not failing.is_on(series([*quiet, *quiet, 1, *quiet[1:]], [0] * 15))
    assert not failing.is_on(series([*quiet, *quiet, *quiet], [*quiet, *quiet, *quiet]))


def test_slow_for_fifteen_minutes(synthesized: Synthesized) -> None:
    slow = alarm(synthesized, "Latency")
    calm, spike = [20.0] * 500, [20.0] * 500 + [4_000.0] * 20
    assert not slow.is_on({"p99": [spike] * 5 + [calm] * 10})
    assert not slow.is_on({"p99": [calm] * 10 + [spike] * 5})
    assert slow.is_on({"p99": [spike] * 15})
    assert not slow.is_on({"p99": [None] * 15})
