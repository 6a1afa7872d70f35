import pytest

from synthesized import Synthesized

TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
RULE = "AWS::ElasticLoadBalancingV2::ListenerRule"
TARGET = "AWS::ApplicationAutoScaling::ScalableTarget"


@pytest.mark.parametrize(("stack", "priority"), [("pr-123", 123), ("load", 40_001)])
def test_the_rule_sends_this_environments_requests_to_its_tasks(
    synthesized: Synthesized, stack: str, priority: int
) -> None:
    rule = synthesized.properties(stack, RULE)
    assert rule["Priority"] == priority
    (condition,) = rule["Conditions"]
    assert condition["HttpHeaderConfig"] == {
        "HttpHeaderName": "x-mock-environment",
        "Values": [stack],
    }
    group = {"Ref": synthesized.logical_id(stack, TARGET_GROUP)}
    assert [action["TargetGroupArn"] for action in rule["Actions"]] == [group]


def test_a_task_is_found_healthy_after_two_checks(synthesized: Synthesized) -> None:
    group = synthesized.properties("pr-123", TARGET_GROUP)
    assert (group["HealthCheckIntervalSeconds"], group["HealthyThresholdCount"]) == (5, 2)
    assert group["HealthCheckPath"] == "/_mockenv/health"
    assert group["TargetType"] == "ip"


@pytest.mark.parametrize(("stack", "seconds"), [("pr-123", "5"), ("int", "30")])
def test_ephemeral_environments_drain_quickly(
    synthesized: Synthesized, stack: str, seconds: str
) -> None:
    attributes = synthesized.properties(stack, TARGET_GROUP)["TargetGroupAttributes"]
    drain = {"Key": "deregistration_delay.timeout_seconds", "Value": seconds}
    assert drain in attributes


def test_the_service_starts_after_the_registration_and_all_permissions(
    synthesized: Synthesized,
) -> None:
    service = synthesized.only("pr-123", "AWS::ECS::Service")
    assert synthesized.logical_id("pr-123", "Custom::MockenvRegistration") in service["DependsOn"]
    assert synthesized.logical_id("pr-123", RULE) in service["DependsOn"]
    task = synthesized.properties("pr-123", "AWS::ECS::TaskDefinition")
    for role in (task["TaskRoleArn"], task["ExecutionRoleArn"]):
        assert role["Fn::GetAtt"][0] in service["DependsOn"]


def test_a_scaled_service_is_not_set_back_by_a_deployment(synthesized: Synthesized) -> None:
    assert "DesiredCount" not in synthesized.properties("load", "AWS::ECS::Service")
    assert synthesized.properties("pr-123", "AWS::ECS::Service")["DesiredCount"] == 1


@pytest.mark.parametrize(("stack", "bounds"), [("pr-123", (1, 1)), ("load", (10, 200))])
def test_the_task_count_is_bounded(
    synthesized: Synthesized, stack: str, bounds: tuple[int, int]
) -> None:
    target = synthesized.properties(stack, TARGET)
    assert (target["MinCapacity"], target["MaxCapacity"]) == bounds


@pytest.mark.parametrize(("stack", "provider"), [("pr-123", "FARGATE"), ("load", "FARGATE_SPOT")])
def test_spot_is_a_choice(synthesized: Synthesized, stack: str, provider: str) -> None:
    service = synthesized.properties(stack, "AWS::ECS::Service")
    assert service["CapacityProviderStrategy"] == [{"CapacityProvider": provider, "Weight": 1}]


def test_a_broken_deployment_is_rolled_back_and_nobody_logs_in(
    synthesized: Synthesized,
) -> None:
    service = synthesized.properties("pr-123", "AWS::ECS::Service")
    breaker = service["DeploymentConfiguration"]["DeploymentCircuitBreaker"]
    assert breaker == {"Enable": True, "Rollback": True}
    assert service["EnableExecuteCommand"] is False


def test_nothing_is_written_into_the_shared_groups(synthesized: Synthesized) -> None:
    for kind in ("AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"):
        assert synthesized.all_of("pr-123", kind) == []
