"""What the load balancer sends an environment's requests to."""

from aws_cdk import Duration
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct

from mock_constructs.ending_times import (
    HEALTH_CHECK_SECONDS,
    HEALTHY_AFTER_CHECKS,
    UNHEALTHY_AFTER_CHECKS,
    deregistration_seconds,
)
from mock_constructs.environment_network import EnvironmentNetwork
from mockenv.names import HEALTH_PATH, MOCK_HOST_PORT
from mockenv.settings.resolve import EnvironmentSettings


def mock_target_group(
    scope: Construct,
    construct_id: str,
    *,
    settings: EnvironmentSettings,
    network: EnvironmentNetwork,
) -> elb.ApplicationTargetGroup:
    """Make a group that finds its tasks healthy fast, and lets them finish what they have."""
    return elb.ApplicationTargetGroup(
        scope,
        _group_id(construct_id, network.load_balancer),
        vpc=network.vpc,
        target_type=elb.TargetType.IP,
        protocol=elb.ApplicationProtocol.HTTP,
        port=MOCK_HOST_PORT,
        deregistration_delay=Duration.seconds(deregistration_seconds(settings)),
        health_check=elb.HealthCheck(
            path=HEALTH_PATH,
            healthy_http_codes="200",
            interval=Duration.seconds(HEALTH_CHECK_SECONDS),
            timeout=Duration.seconds(HEALTH_CHECK_SECONDS - 1),
            healthy_threshold_count=HEALTHY_AFTER_CHECKS,
            unhealthy_threshold_count=UNHEALTHY_AFTER_CHECKS,
        ),
    )


def _group_id(construct_id: str, load_balancer: int | None) -> str:
    """Give each load balancer a target group of its own: no group can go from one to another, so
    that an environment that moves needs a new one (cloudformation-coverage-roadmap#424).
    """
    return construct_id if load_balancer in {None, 1} else f"{construct_id}{load_balancer}"
