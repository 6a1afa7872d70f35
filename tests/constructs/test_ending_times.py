"""Each step of a task's end leaves the one before it the time that it needs."""

from dataclasses import replace
from pathlib import Path

import pytest

from mock_constructs.ending_times import (
    BALANCER_IDLE_SECONDS,
    KEEP_ALIVE_SECONDS,
    deregistration_seconds,
)
from mockenv.settings.faults import Latency
from mockenv.settings.resolve import EnvironmentSettings, resolve_environment
from synthesized import SETTINGS, Synthesized, write_settings

TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
INTEGRATION = "AWS::ApiGatewayV2::Integration"
STACKS = ["pr-123", "load", "int", "stage", "pr-7"]


def seconds(synthesized: Synthesized, stack: str, option: str) -> int:
    """Return what the mock host is told by an option of its command."""
    command = synthesized.container(stack, "mock-host")["Command"]
    return int(command[command.index(option) + 1])


def longest_request_seconds(synthesized: Synthesized, stack: str) -> float:
    milliseconds: int = synthesized.properties(stack, INTEGRATION)["TimeoutInMillis"]
    return milliseconds / 1_000


@pytest.mark.parametrize("stack", STACKS)
def test_a_task_is_not_killed_before_its_last_request_is_over(
    synthesized: Synthesized, stack: str
) -> None:
    finish = seconds(synthesized, stack, "--finish-seconds")
    assert finish >= longest_request_seconds(synthesized, stack)
    stop = synthesized.container(stack, "mock-host")["StopTimeout"]
    assert seconds(synthesized, stack, "--drain-seconds") + finish < stop <= 120  # Fargate's most


@pytest.mark.parametrize("stack", STACKS)
def test_a_kept_connection_is_closed_by_the_balancer_not_by_the_task(
    synthesized: Synthesized, stack: str
) -> None:
    assert seconds(synthesized, stack, "--keep-alive-seconds") == KEEP_ALIVE_SECONDS
    assert KEEP_ALIVE_SECONDS > BALANCER_IDLE_SECONDS
    attributes = synthesized.properties(
        "network-none", "AWS::ElasticLoadBalancingV2::LoadBalancer"
    )["LoadBalancerAttributes"]
    stated = {each["Key"]: each["Value"] for each in attributes}
    default = str(BALANCER_IDLE_SECONDS)
    assert stated.get("idle_timeout.timeout_seconds", default) == default


def test_on_spot_requests_are_accepted_until_failing_health_keeps_them_away(
    synthesized: Synthesized,
) -> None:
    """There SIGTERM can come before the task is deregistered."""
    group = synthesized.properties("load", TARGET_GROUP)
    found = group["HealthCheckIntervalSeconds"] * group["UnhealthyThresholdCount"]
    assert seconds(synthesized, "load", "--drain-seconds") > found


@pytest.mark.parametrize("stack", ["int", "stage"])
def test_where_environments_stay_the_longest_request_outlives_the_deregistration(
    synthesized: Synthesized, stack: str
) -> None:
    for group in synthesized.all_of(stack, TARGET_GROUP):
        attributes = {a["Key"]: a["Value"] for a in group["Properties"]["TargetGroupAttributes"]}
        delay = int(attributes["deregistration_delay.timeout_seconds"])
        assert delay > longest_request_seconds(synthesized, stack)


@pytest.fixture
def ephemeral(tmp_path: Path) -> EnvironmentSettings:
    return resolve_environment(write_settings(tmp_path, SETTINGS), "pr-123")


@pytest.mark.parametrize(
    ("latency", "expected"),
    [
        (None, 5),
        (Latency(fixed_ms=300), 5),
        (Latency(min_ms=1, max_ms=7_500), 9),
        (Latency(p50_ms=10, p90_ms=100, p99_ms=24_000), 25),
    ],
)
def test_where_environments_go_the_delay_is_as_long_as_their_mocks_are_slow(
    ephemeral: EnvironmentSettings, latency: Latency | None, expected: int
) -> None:
    first, *others = ephemeral.mocks
    slow = replace(ephemeral, mocks=(replace(first, latency=latency), *others))
    assert deregistration_seconds(slow) == expected
