"""What people deploy today for each pull request: its own VPC, NAT gateways and load balancer.

Composed after the description of AutoMock's Terraform modules (network, roles, ECS, TTL cleanup,
configuration), resource by resource, to compute its graph like ours. It is never deployed.
"""

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_applicationautoscaling as autoscaling
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elb
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as functions
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from constructs import Construct

PORT = 1080
MOST_TASKS = 200
FEWEST_TASKS = 10
STEPS_UP = ((70, 50), (80, 100), (90, 200))  # percent of CPU or memory: percent of tasks added
REQUEST_STEPS_UP = ((500, 50), (1000, 100))  # per task and minute
STEP_DOWN = (40, -25)


class VpcPerPullRequest(Stack):
    """The whole of it in one stack; health checks are the load balancer's own unless given."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        health_check: elb.HealthCheck | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        vpc = _network(self)
        bucket = _configuration(self)
        task = _task(self, bucket)
        service = _service(self, vpc, task)
        groups = _load_balancer(self, vpc, service, health_check)
        _scaling(service, groups[0])
        _alarms(self, groups[0])
        _ttl_cleanup(self, bucket)


def _network(scope: Construct) -> ec2.Vpc:
    return ec2.Vpc(
        scope,
        "Vpc",
        ip_addresses=ec2.IpAddresses.cidr("10.0.0.0/16"),
        max_azs=2,
        nat_gateways=2,
        restrict_default_security_group=False,
        subnet_configuration=[
            ec2.SubnetConfiguration(name="Public", subnet_type=ec2.SubnetType.PUBLIC),
            ec2.SubnetConfiguration(name="Private", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
        ],
    )


def _configuration(scope: Construct) -> s3.Bucket:
    """Create the bucket; the command line fills it before, or the tasks wait for that too."""
    return s3.Bucket(
        scope,
        "Configuration",
        versioned=True,
        enforce_ssl=True,
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        lifecycle_rules=[s3.LifecycleRule(noncurrent_version_expiration=Duration.days(30))],
        removal_policy=RemovalPolicy.DESTROY,
    )


def _task(scope: Construct, bucket: s3.Bucket) -> ecs.FargateTaskDefinition:
    """Create the smallest task: MockServer, and the loader beside it."""
    task = ecs.FargateTaskDefinition(scope, "Task", cpu=256, memory_limit_mib=512)
    task.add_container(
        "MockServer",
        image=ecs.ContainerImage.from_registry("mockserver/mockserver:8.0.0"),
        port_mappings=[ecs.PortMapping(container_port=PORT)],
        logging=_log(scope, "MockServerLog"),
    )
    task.add_container(
        "ConfigLoader",
        image=ecs.ContainerImage.from_registry("public.ecr.aws/aws-cli/aws-cli:2.32.2"),
        essential=False,
        command=["aws s3 cp", bucket.bucket_name],
        logging=_log(scope, "ConfigLoaderLog"),
    )
    bucket.grant_read(task.task_role)
    return task


def _log(scope: Construct, construct_id: str) -> ecs.LogDriver:
    group = logs.LogGroup(scope, construct_id, removal_policy=RemovalPolicy.DESTROY)
    return ecs.LogDriver.aws_logs(stream_prefix="task", log_group=group)


def _service(scope: Construct, vpc: ec2.Vpc, task: ecs.FargateTaskDefinition) -> ecs.FargateService:
    cluster = ecs.Cluster(
        scope, "Cluster", vpc=vpc, container_insights_v2=ecs.ContainerInsights.ENABLED
    )
    service = ecs.FargateService(
        scope,
        "Service",
        cluster=cluster,
        task_definition=task,
        desired_count=FEWEST_TASKS,
        min_healthy_percent=100,
        vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
    )
    # Tasks pull their images by way of the NAT gateways.
    for subnet in vpc.private_subnets:
        service.node.add_dependency(subnet.internet_connectivity_established)
    return service


def _load_balancer(
    scope: Construct,
    vpc: ec2.Vpc,
    service: ecs.FargateService,
    health_check: elb.HealthCheck | None,
) -> tuple[elb.ApplicationTargetGroup, elb.ApplicationTargetGroup]:
    """Create a public load balancer with a target group for the API, one for the dashboard."""
    balancer = elb.ApplicationLoadBalancer(scope, "LoadBalancer", vpc=vpc, internet_facing=True)
    listener = balancer.add_listener("Listener", port=80)
    target = service.load_balancer_target(container_name="MockServer", container_port=PORT)
    api = listener.add_targets("Api", port=PORT, protocol=elb.ApplicationProtocol.HTTP,
                               targets=[target], health_check=health_check)  # fmt: skip
    dashboard = listener.add_targets(
        "Dashboard",
        port=PORT,
        protocol=elb.ApplicationProtocol.HTTP,
        targets=[target],
        health_check=health_check,
        priority=1,
        conditions=[elb.ListenerCondition.path_patterns(["/mockserver/dashboard*"])],
    )
    return api, dashboard


def _scaling(service: ecs.FargateService, group: elb.ApplicationTargetGroup) -> None:
    count = service.auto_scale_task_count(min_capacity=FEWEST_TASKS, max_capacity=MOST_TASKS)
    metrics = {
        "Cpu": (service.metric_cpu_utilization(), STEPS_UP),
        "Memory": (service.metric_memory_utilization(), STEPS_UP),
        "Requests": (group.metrics.request_count_per_target(), REQUEST_STEPS_UP),
    }
    for name, (metric, steps_up) in metrics.items():
        below, fewer = STEP_DOWN
        down = autoscaling.ScalingInterval(upper=below, change=fewer)
        up = [autoscaling.ScalingInterval(lower=at, change=more) for at, more in steps_up]
        count.scale_on_metric(
            f"Scale{name}",
            metric=metric,
            scaling_steps=[down, *up],
            adjustment_type=autoscaling.AdjustmentType.PERCENT_CHANGE_IN_CAPACITY,
        )


def _alarms(scope: Construct, group: elb.ApplicationTargetGroup) -> None:
    metrics = {
        "Unhealthy": group.metrics.unhealthy_host_count(),
        "Errors": group.metrics.http_code_target(elb.HttpCodeTarget.TARGET_5XX_COUNT),
    }
    for name, metric in metrics.items():
        cloudwatch.Alarm(scope, name, metric=metric, threshold=10, evaluation_periods=1)


def _ttl_cleanup(scope: Construct, bucket: s3.Bucket) -> None:
    """Create the function that deletes all this hourly; what it may do does not matter here."""
    group = logs.LogGroup(scope, "TtlCleanupLog", removal_policy=RemovalPolicy.DESTROY)
    cleanup = functions.Function(
        scope,
        "TtlCleanup",
        runtime=functions.Runtime.PYTHON_3_13,
        handler="index.handler",
        code=functions.Code.from_inline("def handler(event, context): pass"),
        log_group=group,
    )
    cleanup.add_to_role_policy(iam.PolicyStatement(actions=["ecs:*"], resources=["*"]))
    bucket.grant_delete(cleanup)
    events.Rule(
        scope,
        "Hourly",
        schedule=events.Schedule.rate(Duration.hours(1)),
        targets=[targets.LambdaFunction(cleanup)],
    )
