"""The metrics that scaling goes by, as queries of a CloudWatch alarm."""

from collections.abc import Sequence

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elb

from mock_constructs.metric_dimensions import service_dimensions, target_group_dimensions
from mockenv.scaling import rules
from mockenv.scaling.capacity import TaskCapacity

Query = cloudwatch.CfnAlarm.MetricDataQueryProperty


class LoadMetrics:
    """Load, and whether tasks can go, of one service behind one target group or several."""

    def __init__(
        self,
        service: ecs.FargateService,
        target_groups: Sequence[elb.ApplicationTargetGroup],
        capacity: TaskCapacity,
    ) -> None:
        self._service = service
        self._target_groups = dict(
            zip(rules.request_metrics(len(target_groups)), target_groups, strict=True)
        )
        self._load = rules.load_expression(capacity, list(self._target_groups))

    def load(self) -> list[Query]:
        """Query load in percent."""
        return [_expression("load", self._load, is_result=True), *self._cpu_and_requests()]

    def quiet(self) -> list[Query]:
        """Query 1 where tasks can go, 0 where they can't."""
        return [
            _expression("quiet", rules.quiet_expression(), is_result=True),
            _expression("load", self._load, is_result=False),
            *self._cpu_and_requests(),
            self._of_service("memory", "MemoryUtilization"),
        ]

    def _cpu_and_requests(self) -> list[Query]:
        requests = [_requests(*each) for each in self._target_groups.items()]
        return [self._of_service("cpu", "CPUUtilization"), *requests]

    def _of_service(self, query_id: str, metric_name: str) -> Query:
        metric = cloudwatch.CfnAlarm.MetricProperty(
            namespace="AWS/ECS",
            metric_name=metric_name,
            dimensions=service_dimensions(self._service),
        )
        return _metric(query_id, metric, "Average")


def _requests(query_id: str, target_group: elb.ApplicationTargetGroup) -> Query:
    metric = cloudwatch.CfnAlarm.MetricProperty(
        namespace="AWS/ApplicationELB",
        metric_name="RequestCountPerTarget",
        dimensions=target_group_dimensions(target_group),
    )
    return _metric(query_id, metric, "Sum")


def _metric(query_id: str, metric: cloudwatch.CfnAlarm.MetricProperty, statistic: str) -> Query:
    stat = cloudwatch.CfnAlarm.MetricStatProperty(
        metric=metric, period=rules.PERIOD_SECONDS, stat=statistic
    )
    return Query(id=query_id, metric_stat=stat, return_data=False)


def _expression(query_id: str, expression: str, *, is_result: bool) -> Query:
    return Query(id=query_id, expression=expression, return_data=is_result)
