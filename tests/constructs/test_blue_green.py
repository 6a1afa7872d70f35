from typing import Any

import pytest

from creation_time.creation import creation
from creation_time.durations import typical_durations
from synthesized import Synthesized

TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
RULE = "AWS::ElasticLoadBalancingV2::ListenerRule"
SERVICE = "AWS::ECS::Service"


def balancer(synthesized: Synthesized) -> dict[str, Any]:
    (found,) = synthesized.properties("stage", SERVICE)["LoadBalancers"]
    return dict(found)


def swap_role(synthesized: Synthesized) -> dict[str, Any]:
    """Return the role that ECS takes on to swap the target groups."""
    name = balancer(synthesized)["AdvancedConfiguration"]["RoleArn"]["Fn::GetAtt"][0]
    properties: dict[str, Any] = synthesized.template("stage")["Resources"][name]["Properties"]
    return properties


def test_only_where_it_is_said(synthesized: Synthesized) -> None:
    for stack in ("pr-123", "int", "load"):
        service = synthesized.properties(stack, SERVICE)
        assert "Strategy" not in service["DeploymentConfiguration"]
        assert "AdvancedConfiguration" not in service["LoadBalancers"][0]
        assert len(synthesized.all_of(stack, TARGET_GROUP)) == 1


def test_ecs_swaps_two_equal_groups_by_the_environments_rule(synthesized: Synthesized) -> None:
    found = balancer(synthesized)
    advanced = found["AdvancedConfiguration"]
    groups = {found["TargetGroupArn"]["Ref"], advanced["AlternateTargetGroupArn"]["Ref"]}
    assert len(groups) == 2
    one, other = synthesized.all_of("stage", TARGET_GROUP)
    assert one["Properties"] == other["Properties"]
    rule = synthesized.logical_id("stage", RULE)
    assert advanced["ProductionListenerRule"] == {"Ref": rule}


def test_the_rule_names_both_groups_and_the_service_has_the_one_that_serves(
    synthesized: Synthesized,
) -> None:
    (action,) = synthesized.properties("stage", RULE)["Actions"]
    weights = {
        group["TargetGroupArn"]["Ref"]: group["Weight"]
        for group in action["ForwardConfig"]["TargetGroups"]
    }
    found = balancer(synthesized)
    assert weights == {
        found["TargetGroupArn"]["Ref"]: 100,
        found["AdvancedConfiguration"]["AlternateTargetGroupArn"]["Ref"]: 0,
    }


def test_the_old_tasks_stay_a_while_and_an_alarm_takes_the_deployment_back(
    synthesized: Synthesized,
) -> None:
    configuration = synthesized.properties("stage", SERVICE)["DeploymentConfiguration"]
    assert (configuration["Strategy"], configuration["BakeTimeInMinutes"]) == ("BLUE_GREEN", 5)
    assert configuration["DeploymentCircuitBreaker"] == {"Enable": True, "Rollback": True}
    assert configuration["Alarms"]["Enable"] is configuration["Alarms"]["Rollback"] is True


def test_ecs_may_change_this_rule_and_these_groups_only(synthesized: Synthesized) -> None:
    role = swap_role(synthesized)
    (trusted,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trusted["Principal"] == {"Service": "ecs.amazonaws.com"}
    (policy,) = role["Policies"]
    changing = {
        action: statement["Resource"]
        for statement in policy["PolicyDocument"]["Statement"]
        for action in (
            [statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"]
        )
        if ":Describe" not in action
    }
    groups = [
        {"Ref": name}
        for name, resource in synthesized.template("stage")["Resources"].items()
        if resource["Type"] == TARGET_GROUP
    ]
    assert changing == {
        "elasticloadbalancing:ModifyRule": {"Ref": synthesized.logical_id("stage", RULE)},
        "elasticloadbalancing:RegisterTargets": groups,
        "elasticloadbalancing:DeregisterTargets": groups,
    }


def test_the_service_waits_for_the_registration_and_the_rule(synthesized: Synthesized) -> None:
    waits_for = synthesized.only("stage", SERVICE)["DependsOn"]
    assert synthesized.logical_id("stage", "Custom::MockenvRegistration") in waits_for
    assert synthesized.logical_id("stage", RULE) in waits_for


def test_on_paper_it_takes_as_long_to_create_as_a_rolling_one(synthesized: Synthesized) -> None:
    durations = typical_durations()
    rolling, blue_green = (
        creation(synthesized.template(stack), durations) for stack in ("int", "stage")
    )
    assert blue_green.first_200 == rolling.first_200


def test_whoever_synthesizes_it_is_told_that_it_is_experimental(synthesized: Synthesized) -> None:
    assert "blue-green is experimental" in synthesized.metadata("stage")
    assert "blue-green is experimental" not in synthesized.metadata("int")


@pytest.mark.parametrize(("stack", "groups"), [("int", 1), ("stage", 2)])
def test_failed_connections_of_every_group_take_a_deployment_back(
    synthesized: Synthesized, stack: str, groups: int
) -> None:
    configuration = synthesized.properties(stack, SERVICE)["DeploymentConfiguration"]
    (name,) = configuration["Alarms"]["AlarmNames"]
    alarm = synthesized.template(stack)["Resources"][name["Ref"]]["Properties"]
    metrics = [q["MetricStat"]["Metric"] for q in alarm["Metrics"] if "MetricStat" in q]
    assert {metric["MetricName"] for metric in metrics} == {"TargetConnectionErrorCount"}
    named = {str(metric["Dimensions"]) for metric in metrics}
    assert len(metrics) == len(named) == groups
    (total,) = (q["Expression"] for q in alarm["Metrics"] if q.get("ReturnData"))
    assert total.count("FILL(") == groups
    assert alarm["TreatMissingData"] == "notBreaching"
    assert "AlarmActions" not in alarm


def test_environments_that_go_need_no_such_alarm(synthesized: Synthesized) -> None:
    for stack in ("pr-123", "load"):
        configuration = synthesized.properties(stack, SERVICE)["DeploymentConfiguration"]
        assert "Alarms" not in configuration
