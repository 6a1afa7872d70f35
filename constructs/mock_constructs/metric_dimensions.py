"""How CloudWatch tells an environment's metrics from those of others."""

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elb


def target_group_dimensions(
    target_group: elb.ApplicationTargetGroup,
) -> list[cloudwatch.CfnAlarm.DimensionProperty]:
    """Name the metrics that the load balancer keeps of a target group."""
    return _dimensions(
        LoadBalancer=target_group.first_load_balancer_full_name,
        TargetGroup=target_group.target_group_full_name,
    )


def service_dimensions(service: ecs.FargateService) -> list[cloudwatch.CfnAlarm.DimensionProperty]:
    """Name the metrics that ECS keeps of a service."""
    return _dimensions(ClusterName=service.cluster.cluster_name, ServiceName=service.service_name)


def _dimensions(**values: str) -> list[cloudwatch.CfnAlarm.DimensionProperty]:
    return [
        cloudwatch.CfnAlarm.DimensionProperty(name=name, value=value)
        for name, value in values.items()
    ]
