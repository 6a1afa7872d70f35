from typing import Any

import pytest

from mockenv.scaling.capacity import task_capacity
from mockenv.scaling.rules import load_expression
from mockenv.settings.model import Engine
from synthesized import Synthesized

POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy"
ALARM = "AWS::CloudWatch::Alarm"
TOPIC = {"Ref": "TtlCleanupNotificationsTopicArn"}
TARGET = "AWS::ApplicationAutoScaling::ScalableTarget"
# A step scaling policy has at most twenty steps (Application Auto Scaling, "Quotas"); an alarm's
# math may use at most ten metrics (CloudWatch user guide, "Alarm limits").
MOST_STEPS, MOST_METRICS = 20, 10


def policy(synthesized: Synthesized, stack: str, name: str) -> tuple[dict[str, Any], str]:
    """Return a policy's configuration and its logical id."""
    ((logical_id, properties),) = (
        (logical_id, resource["Properties"])
        for logical_id, resource in synthesized.template(stack)["Resources"].items()
        if resource["Type"] == POLICY and resource["Properties"]["PolicyName"] == name
    )
    return properties, logical_id


def alarm(synthesized: Synthesized, stack: str, name: str) -> dict[str, Any]:
    """Return the one alarm that invokes a policy."""
    _, logical_id = policy(synthesized, stack, name)
    (found,) = (
        resource["Properties"]
        for resource in synthesized.all_of(stack, ALARM)
        if {"Ref": logical_id} in resource["Properties"].get("AlarmActions", [])
    )
    return dict(found)


def expressions(found: dict[str, Any]) -> dict[str, str]:
    return {query["Id"]: query["Expression"] for query in found["Metrics"] if "Expression" in query}


@pytest.mark.parametrize("stack", ["pr-123", "int", "pr-7"])
def test_nothing_scales_where_there_is_no_room(synthesized: Synthesized, stack: str) -> None:
    assert synthesized.all_of(stack, POLICY) == []
    alarms = synthesized.all_of(stack, ALARM)
    assert alarms
    assert all(alarm["Properties"].get("AlarmActions", [TOPIC]) == [TOPIC] for alarm in alarms)


@pytest.mark.parametrize("stack", ["load", "surge"])
def test_one_policy_adds_tasks_and_one_takes_them(synthesized: Synthesized, stack: str) -> None:
    target = {"Ref": synthesized.logical_id(stack, TARGET)}
    policies = synthesized.all_of(stack, POLICY)
    assert [p["Properties"]["ScalingTargetId"] for p in policies] == [target, target]
    assert {p["Properties"]["PolicyType"] for p in policies} == {"StepScaling"}


def test_the_steps_begin_with_those_that_users_know(synthesized: Synthesized) -> None:
    properties, _ = policy(synthesized, "load", "ScaleOut")
    steps = properties["StepScalingPolicyConfiguration"]["StepAdjustments"]
    threshold = alarm(synthesized, "load", "ScaleOut")["Threshold"]
    known = [(threshold + s["MetricIntervalLowerBound"], s["ScalingAdjustment"]) for s in steps]
    assert known[:3] == [(70, 50), (80, 100), (90, 200)]


def test_every_load_above_the_threshold_has_one_step(synthesized: Synthesized) -> None:
    properties, _ = policy(synthesized, "load", "ScaleOut")
    steps = properties["StepScalingPolicyConfiguration"]["StepAdjustments"]
    assert len(steps) <= MOST_STEPS
    assert steps[0]["MetricIntervalLowerBound"] == 0
    lower = [step["MetricIntervalLowerBound"] for step in steps[1:]]
    assert [step.get("MetricIntervalUpperBound") for step in steps] == [*lower, None]


def test_a_quarter_goes_after_five_quiet_minutes(synthesized: Synthesized) -> None:
    properties, _ = policy(synthesized, "load", "ScaleIn")
    (step,) = properties["StepScalingPolicyConfiguration"]["StepAdjustments"]
    assert step == {"MetricIntervalLowerBound": 0, "ScalingAdjustment": -25}
    found = alarm(synthesized, "load", "ScaleIn")
    assert found["EvaluationPeriods"] == found["DatapointsToAlarm"] == 5
    assert {q["MetricStat"]["Period"] for q in found["Metrics"] if "MetricStat" in q} == {60}


def test_both_alarms_go_by_the_same_load(synthesized: Synthesized) -> None:
    out, into = (expressions(alarm(synthesized, "load", n)) for n in ("ScaleOut", "ScaleIn"))
    assert out["load"] == into["load"]


@pytest.mark.parametrize(("stack", "cpu_units"), [("load", 1024), ("surge", 256)])
def test_requests_count_by_what_a_task_of_that_size_can_do(
    synthesized: Synthesized, stack: str, cpu_units: int
) -> None:
    found = expressions(alarm(synthesized, stack, "ScaleOut"))
    assert found == {"load": load_expression(task_capacity(cpu_units, {Engine.PRISM}))}


def test_what_the_settings_state_of_a_task_counts(synthesized: Synthesized) -> None:
    found = expressions(alarm(synthesized, "heavy", "ScaleOut"))
    assert found == {"load": load_expression(task_capacity(1024, {Engine.PRISM}, stated=62))}


@pytest.mark.parametrize("name", ["ScaleOut", "ScaleIn"])
def test_each_alarm_has_one_result_from_this_services_metrics(
    synthesized: Synthesized, name: str
) -> None:
    queries = alarm(synthesized, "load", name)["Metrics"]
    assert len(queries) <= MOST_METRICS
    assert sum(query["ReturnData"] for query in queries) == 1
    metrics = {q["Id"]: q["MetricStat"]["Metric"] for q in queries if "MetricStat" in q}
    dimensions = {d["Name"]: d["Value"] for d in metrics["cpu"]["Dimensions"]}
    service = synthesized.logical_id("load", "AWS::ECS::Service")
    assert dimensions["ServiceName"] == {"Fn::GetAtt": [service, "Name"]}
    group = synthesized.logical_id("load", "AWS::ElasticLoadBalancingV2::TargetGroup")
    of_requests = {d["Name"]: d["Value"] for d in metrics["requests"]["Dimensions"]}
    assert of_requests["TargetGroup"] == {"Fn::GetAtt": [group, "TargetGroupFullName"]}


@pytest.mark.parametrize("name", ["ScaleOut", "ScaleIn"])
def test_requests_of_both_target_groups_count(synthesized: Synthesized, name: str) -> None:
    found = alarm(synthesized, "stage", name)
    metrics = {q["Id"]: q["MetricStat"]["Metric"] for q in found["Metrics"] if "MetricStat" in q}
    requests = [metrics["requests"], metrics["requests2"]]
    named = [{d["Name"]: d["Value"] for d in each["Dimensions"]} for each in requests]
    groups = {each["TargetGroup"]["Fn::GetAtt"][0] for each in named}
    resources = synthesized.template("stage")["Resources"]
    assert groups == {
        name
        for name, resource in resources.items()
        if resource["Type"] == "AWS::ElasticLoadBalancingV2::TargetGroup"
    }
    capacity = task_capacity(256, {Engine.PRISM})
    assert expressions(found)["load"] == load_expression(capacity, ["requests", "requests2"])


def test_what_is_not_known_moves_nothing(synthesized: Synthesized) -> None:
    for name in ("ScaleOut", "ScaleIn"):
        assert alarm(synthesized, "load", name)["TreatMissingData"] == "notBreaching"
