import copy
import math
from typing import Any

import pytest

from creation_time.creation import creation
from creation_time.durations import typical_durations
from mockenv.scaling import rules
from mockenv.scaling.capacity import task_capacity
from mockenv.settings.model import Engine
from scaling_simulation.template import read_capacity, read_rules, read_start_seconds
from synthesized import Synthesized


@pytest.fixture
def template(synthesized: Synthesized) -> dict[str, Any]:
    return copy.deepcopy(synthesized.template("load"))


def resources(template: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [r["Properties"] for r in template["Resources"].values() if r["Type"] == kind]


def test_bounds_alarms_and_steps_are_those_of_the_template(template: dict[str, Any]) -> None:
    read = read_rules(template)
    assert (read.least_tasks, read.most_tasks) == (10, 200)
    assert {alarm.periods for alarm in read.alarms} == {1, rules.QUIET_MINUTES}
    changes = {step.change_percent for alarm in read.alarms for step in alarm.policy.steps}
    assert changes == {step.change_percent for step in rules.SCALE_OUT_STEPS} | {-25}


def test_the_load_of_two_target_groups_is_that_of_both(synthesized: Synthesized) -> None:
    read = read_rules(synthesized.template("stage"))
    busy = {"cpu": 10.0, "memory": 20.0}
    full = task_capacity(256, {Engine.PRISM}).requests_per_second * 60
    for requests in ({"requests": full, "requests2": None}, {"requests": None, "requests2": full}):
        (load,) = (alarm.value(busy | requests) for alarm in read.alarms if alarm.periods == 1)
        assert load == pytest.approx(100, abs=0.1)


def test_a_task_starts_as_it_does_in_a_create_on_paper(template: dict[str, Any]) -> None:
    """Capacity, images and programs, registration and health checks, but not the service's own."""
    (service,) = (step for step in creation(template, typical_durations()).steps if step.parts)
    own = ("CloudFormation", "service created")
    parts = [part.seconds for part in service.parts if part.name not in own]
    assert read_start_seconds(template) == math.ceil(sum(parts))
    (group,) = resources(template, "AWS::ElasticLoadBalancingV2::TargetGroup")
    before = read_start_seconds(template)
    group["HealthCheckIntervalSeconds"] += 10
    assert read_start_seconds(template) == before + 10 * group["HealthyThresholdCount"]


def test_a_change_of_the_template_is_a_change_of_what_is_played(template: dict[str, Any]) -> None:
    for policy in resources(template, "AWS::ApplicationAutoScaling::ScalingPolicy"):
        policy["StepScalingPolicyConfiguration"]["Cooldown"] = 1
    assert {alarm.policy.cooldown_seconds for alarm in read_rules(template).alarms} == {1}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("TreatMissingData", "breaching"),
        ("ComparisonOperator", "LessThanThreshold"),
        ("DatapointsToAlarm", 3),
    ],
)
def test_what_is_not_played_is_refused(template: dict[str, Any], key: str, value: object) -> None:
    for alarm in resources(template, "AWS::CloudWatch::Alarm"):
        alarm[key] = value
    with pytest.raises(ValueError, match="the simulation plays"):
        read_rules(template)


def test_a_policy_without_an_alarm_is_refused(template: dict[str, Any]) -> None:
    for alarm in resources(template, "AWS::CloudWatch::Alarm"):
        alarm["AlarmActions"] = alarm["AlarmActions"] if "MetricName" in alarm else []
    with pytest.raises(ValueError, match="no alarm of its own"):
        read_rules(template)


@pytest.mark.parametrize(
    ("stack", "cpu_units", "engine"),
    [("load", 1024, Engine.PRISM), ("surge", 256, Engine.PRISM), ("pr-7", 1024, Engine.MOCKSERVER)],
)
def test_capacity_is_that_of_the_task(
    synthesized: Synthesized, stack: str, cpu_units: int, engine: Engine
) -> None:
    read = read_capacity(synthesized.template(stack))
    assert read == task_capacity(cpu_units, {engine})
