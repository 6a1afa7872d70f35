"""What makes ECS take a deployment back although its tasks are healthy."""

from collections.abc import Sequence

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct

from mock_constructs.metric_dimensions import target_group_dimensions

PERIOD_SECONDS = 60
MOST_PER_MINUTE = 10

Query = cloudwatch.CfnAlarm.MetricDataQueryProperty


class DeploymentAlarm(Construct):
    """On when more than ten connections to tasks fail in a minute, whichever group has them.

    Answers of 500 and above don't count: callers ask mocks for those. People are not told of it.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        environment: str,
        target_groups: Sequence[elb.ApplicationTargetGroup],
    ) -> None:
        super().__init__(scope, construct_id)
        alarm = cloudwatch.CfnAlarm(
            self,
            "Alarm",
            alarm_description=f"Mock environment {environment}: takes a deployment back",
            metrics=_failed_connections(target_groups),
            threshold=MOST_PER_MINUTE,
            comparison_operator="GreaterThanThreshold",
            evaluation_periods=1,
            treat_missing_data="notBreaching",
        )
        self.alarm_name = alarm.ref


def _failed_connections(groups: Sequence[elb.ApplicationTargetGroup]) -> list[Query]:
    ids = [f"group{index}" for index in range(len(groups))]
    total = " + ".join(f"FILL({query_id}, 0)" for query_id in ids)
    metrics = [_metric(query_id, group) for query_id, group in zip(ids, groups, strict=True)]
    return [Query(id="total", expression=total, return_data=True), *metrics]


def _metric(query_id: str, group: elb.ApplicationTargetGroup) -> Query:
    metric = cloudwatch.CfnAlarm.MetricProperty(
        namespace="AWS/ApplicationELB",
        metric_name="TargetConnectionErrorCount",
        dimensions=target_group_dimensions(group),
    )
    stat = cloudwatch.CfnAlarm.MetricStatProperty(metric=metric, period=PERIOD_SECONDS, stat="Sum")
    return Query(id=query_id, metric_stat=stat, return_data=False)
