"""How CloudWatch tells an environment's metrics from those of others."""

from aws_cdk import Fn
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elb

GATEWAY_STAGE = "$default"
Dimensions = list[cloudwatch.CfnAlarm.DimensionProperty]


def target_group_dimensions(target_group: elb.ApplicationTargetGroup) -> Dimensions:
    """Name the metrics that the load balancer keeps of a target group."""
    return _dimensions(
        LoadBalancer=target_group.first_load_balancer_full_name,
        TargetGroup=target_group.target_group_full_name,
    )


def load_balancer_full_name(listener_arn: str) -> str:
    """Name a load balancer as its metrics do: `app/<name>/<id>`, a part of its listeners' ARNs."""
    parts = Fn.split("/", listener_arn)
    return Fn.join("/", [Fn.select(index, parts) for index in (1, 2, 3)])


def service_dimensions(service: ecs.FargateService) -> Dimensions:
    """Name the metrics that ECS, and Container Insights, keep of a service."""
    return _dimensions(ClusterName=service.cluster.cluster_name, ServiceName=service.service_name)


def gateway_dimensions(api_id: str) -> Dimensions:
    """Name the metrics that API Gateway keeps of an HTTP API's one stage."""
    return _dimensions(ApiId=api_id, Stage=GATEWAY_STAGE)


def function_dimensions(name: str) -> Dimensions:
    """Name the metrics that Lambda keeps of a function."""
    return _dimensions(FunctionName=name)


def _dimensions(**values: str) -> Dimensions:
    return [
        cloudwatch.CfnAlarm.DimensionProperty(name=name, value=value)
        for name, value in values.items()
    ]
