"""Reads an environment's scaling from its synthesized template.

What the simulation can't play is an error here, so that it never shows anything but the template.
"""

import math
from collections.abc import Mapping
from typing import Any

from creation_time.durations import typical_durations
from creation_time.service_start import SERVICE, service_start
from mockenv.scaling.capacity import TaskCapacity, task_capacity
from mockenv.settings.model import Engine
from scaling_simulation.rules import PERIOD_SECONDS, Alarm, Policy, Rules, Step

Resource = Mapping[str, Any]
POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy"
# What each metric's id stands for, with the statistic that the simulation computes.
KNOWN_METRICS = {
    "cpu": ("AWS/ECS", "CPUUtilization", "Average"),
    "memory": ("AWS/ECS", "MemoryUtilization", "Average"),
    "requests": ("AWS/ApplicationELB", "RequestCountPerTarget", "Sum"),
    "requests2": ("AWS/ApplicationELB", "RequestCountPerTarget", "Sum"),
}


def read_rules(template: Mapping[str, Any]) -> Rules:
    """Return the scaling of an environment's template.

    Raises ValueError for what the simulation does not know.
    """
    resources: Mapping[str, Resource] = template["Resources"]
    (target,) = _of_type(resources, "AWS::ApplicationAutoScaling::ScalableTarget").values()
    policies = {name: _policy(found) for name, found in _of_type(resources, POLICY).items()}
    alarms = _of_type(resources, "AWS::CloudWatch::Alarm").values()
    scaling = tuple(
        _alarm(alarm, policies[action["Ref"]])
        for alarm in alarms
        for action in alarm.get("AlarmActions", [])
        if action["Ref"] in policies
    )
    if len(scaling) != len(policies):
        raise ValueError("a policy has no alarm of its own: it would never run")
    return Rules(target["MinCapacity"], target["MaxCapacity"], scaling)


def read_capacity(template: Mapping[str, Any]) -> TaskCapacity:
    """Return what a task of an environment's template can do, as far as that was measured."""
    (task,) = _of_type(template["Resources"], "AWS::ECS::TaskDefinition").values()
    containers = [container["Name"] for container in task["ContainerDefinitions"]]
    has_mockserver = any(name.startswith("mockserver-") for name in containers)
    return task_capacity(int(task["Cpu"]), {Engine.MOCKSERVER if has_mockserver else Engine.PRISM})


def read_start_seconds(template: Mapping[str, Any]) -> int:
    """Return what a task takes from its launch to its first request, on paper (creation_time)."""
    (service,) = _of_type(template["Resources"], SERVICE)
    return math.ceil(service_start(service, template, typical_durations()).task_seconds())


def _of_type(resources: Mapping[str, Resource], kind: str) -> dict[str, Resource]:
    return {name: r["Properties"] for name, r in resources.items() if r["Type"] == kind}


def _policy(properties: Resource) -> Policy:
    settings = properties["StepScalingPolicyConfiguration"]
    _expect(properties["PolicyType"], "StepScaling")
    _expect(settings["AdjustmentType"], "PercentChangeInCapacity")
    steps = tuple(
        Step(
            lower=step.get("MetricIntervalLowerBound", -math.inf),
            upper=step.get("MetricIntervalUpperBound", math.inf),
            change_percent=step["ScalingAdjustment"],
        )
        for step in settings["StepAdjustments"]
    )
    return Policy(settings["Cooldown"], settings["MinAdjustmentMagnitude"], steps)


def _alarm(properties: Resource, policy: Policy) -> Alarm:
    _expect(properties["ComparisonOperator"], "GreaterThanOrEqualToThreshold")
    _expect(properties["TreatMissingData"], "notBreaching")
    _expect(properties["DatapointsToAlarm"], properties["EvaluationPeriods"])
    return Alarm(
        expressions=_expressions(properties["Metrics"]),
        threshold=properties["Threshold"],
        is_breached_above=True,
        periods=properties["EvaluationPeriods"],
        policy=policy,
    )


def _expressions(queries: list[Resource]) -> tuple[tuple[str, str], ...]:
    """Return the expressions, that of the result last; check that the metrics are known."""
    for query in queries:
        if "MetricStat" in query:
            _expect_known_metric(query)
    expressions = [query for query in queries if "Expression" in query]
    ordered = sorted(expressions, key=lambda query: bool(query["ReturnData"]))
    return tuple((query["Id"], query["Expression"]) for query in ordered)


def _expect_known_metric(query: Resource) -> None:
    metric = query["MetricStat"]["Metric"]
    found = (metric["Namespace"], metric["MetricName"], query["MetricStat"]["Stat"])
    _expect(found, KNOWN_METRICS[query["Id"]])
    _expect(query["MetricStat"]["Period"], PERIOD_SECONDS)


def _expect(found: object, known: object) -> None:
    if found != known:
        raise ValueError(f"the simulation plays {known!r}, the template has {found!r}: add it")
