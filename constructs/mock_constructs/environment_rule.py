"""The load balancer's rule that tells an environment's requests from those of others."""

from collections.abc import Sequence

from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct

from mock_constructs.environment_network import EnvironmentNetwork
from mockenv.names import ENVIRONMENT_HEADER

ALL, NONE = 100, 0


def environment_rule(
    scope: Construct,
    construct_id: str,
    *,
    environment: str,
    priority: int,
    network: EnvironmentNetwork,
    target_groups: Sequence[elb.ApplicationTargetGroup],
) -> elb.ApplicationListenerRule:
    """Send requests that name the environment to the first group; the others wait at weight 0."""
    return elb.ApplicationListenerRule(
        scope,
        construct_id,
        listener=network.listener,
        priority=priority,
        conditions=[elb.ListenerCondition.http_header(ENVIRONMENT_HEADER, [environment])],
        action=_forward(target_groups),
    )


def _forward(groups: Sequence[elb.ApplicationTargetGroup]) -> elb.ListenerAction:
    if len(groups) == 1:
        return elb.ListenerAction.forward(list(groups))
    weighted = [
        elb.WeightedTargetGroup(target_group=group, weight=NONE if index else ALL)
        for index, group in enumerate(groups)
    ]
    return elb.ListenerAction.weighted_forward(weighted)
