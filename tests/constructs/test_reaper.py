from typing import Any

import pytest

from iam_evaluator import resolved
from synthesized import Synthesized
from ttl_cleanup.reaper.tally import METRICS, WHOLE_RUN, namespace

STACK = "ttl-cleanup"


def function(synthesized: Synthesized, handler: str) -> dict[str, Any]:
    functions = synthesized.all_of(STACK, "AWS::Lambda::Function")
    (found,) = (f["Properties"] for f in functions if handler in f["Properties"]["Handler"])
    return dict(found)


def rules(synthesized: Synthesized) -> dict[str, dict[str, Any]]:
    found = [rule["Properties"] for rule in synthesized.all_of(STACK, "AWS::Events::Rule")]
    return {"schedule" if "ScheduleExpression" in rule else "change": rule for rule in found}


def test_it_runs_every_five_minutes_and_ends_before_the_next_run(synthesized: Synthesized) -> None:
    assert rules(synthesized)["schedule"]["ScheduleExpression"] == "rate(5 minutes)"
    assert function(synthesized, "reaper")["Timeout"] < 300


def test_it_hears_of_its_own_environments_that_came_to_rest(synthesized: Synthesized) -> None:
    pattern = resolved(rules(synthesized)["change"]["EventPattern"])
    assert pattern["source"] == ["aws.cloudformation"]
    assert pattern["detail-type"] == ["CloudFormation Stack Status Change"]
    prefix = "arn:aws:cloudformation:eu-central-1:123456789012:stack/mockenv-payments-env-"
    assert pattern["detail"]["stack-id"] == [{"prefix": prefix}]
    statuses = pattern["detail"]["status-details"]["status"]
    assert {"DELETE_COMPLETE", "DELETE_FAILED", "ROLLBACK_COMPLETE"} <= set(statuses)
    assert not [status for status in statuses if status.endswith("IN_PROGRESS")]


def test_only_its_own_rules_may_call_it(synthesized: Synthesized) -> None:
    permissions = synthesized.all_of(STACK, "AWS::Lambda::Permission")
    sources = [permission["Properties"]["SourceArn"]["Fn::GetAtt"][0] for permission in permissions]
    template = synthesized.template(STACK)["Resources"]
    assert len(sources) == 2
    assert {template[source]["Type"] for source in sources} == {"AWS::Events::Rule"}


def test_a_run_that_fails_is_not_repeated(synthesized: Synthesized) -> None:
    config = synthesized.properties(STACK, "AWS::Lambda::EventInvokeConfig")
    assert config["MaximumRetryAttempts"] == 0


def alarms(synthesized: Synthesized) -> dict[str, dict[str, Any]]:
    found = [alarm["Properties"] for alarm in synthesized.all_of(STACK, "AWS::CloudWatch::Alarm")]
    return {alarm["MetricName"]: alarm for alarm in found}


def test_alarms_look_at_metrics_that_the_reaper_writes(synthesized: Synthesized) -> None:
    own = {
        name for name, alarm in alarms(synthesized).items() if alarm["Namespace"] != "AWS/Lambda"
    }
    assert own == {"DeleteFailed", "Leftovers", "Unreadable", "Runs"}
    assert own <= {*METRICS.values(), WHOLE_RUN}
    for name in own:
        alarm = alarms(synthesized)[name]
        assert alarm["Namespace"] == namespace("payments")
        assert alarm["Dimensions"] == [{"Name": "Function", "Value": "reaper"}]


def test_a_reaper_that_does_not_run_alarms(synthesized: Synthesized) -> None:
    alarm = alarms(synthesized)["Runs"]
    assert alarm["TreatMissingData"] == "breaching"
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("LessThanThreshold", 1)
    assert alarm["Period"] * alarm["EvaluationPeriods"] == 900


@pytest.mark.parametrize("metric", ["DeleteFailed", "Leftovers", "Unreadable", "Errors"])
def test_what_is_wrong_alarms_people(synthesized: Synthesized, metric: str) -> None:
    alarm = alarms(synthesized)[metric]
    topic = {"Ref": synthesized.logical_id(STACK, "AWS::SNS::Topic")}
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 0)
    assert alarm["AlarmActions"] == alarm["OKActions"] == [topic]


def test_addresses_of_the_settings_are_told(synthesized: Synthesized) -> None:
    subscription = synthesized.properties(STACK, "AWS::SNS::Subscription")
    assert (subscription["Protocol"], subscription["Endpoint"]) == ("email", "team@example.com")


def test_the_guard_is_deleted_before_all_else(synthesized: Synthesized) -> None:
    """CloudFormation deletes what depends first: while the guard refuses, all is still there."""
    resources = synthesized.template(STACK)["Resources"]
    guard = synthesized.only(STACK, "Custom::MockenvGuard")
    own = {
        name
        for name in resources
        if name.startswith("Guard") and resources[name]["Type"] != "Custom::MockenvGuard"
    }
    guarded = {name for name in resources if not name.startswith("Guard")}
    metadata = {name for name in guarded if resources[name]["Type"] == "AWS::CDK::Metadata"}
    assert guarded - metadata <= set(guard["DependsOn"])
    assert own


def test_cloudformation_waits_longer_than_the_guard_can_take(synthesized: Synthesized) -> None:
    waits_seconds = int(synthesized.properties(STACK, "Custom::MockenvGuard")["ServiceTimeout"])
    assert function(synthesized, "guard")["Timeout"] < waits_seconds < 3_600
