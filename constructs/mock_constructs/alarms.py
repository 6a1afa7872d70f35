"""What of an environment alarms people."""

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct

from mock_constructs.metric_dimensions import target_group_dimensions
from mock_constructs.published_ids import TtlCleanupId, published_value
from mockenv.settings.resolve import EnvironmentSettings

PERIOD_SECONDS = 60
UNHEALTHY_MINUTES = 5


class UnhealthyHostAlarm(Construct):
    """Tells the topic when a task was unhealthy for five minutes on end."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: EnvironmentSettings,
        target_group: elb.ApplicationTargetGroup,
    ) -> None:
        super().__init__(scope, construct_id)
        topic_arn = published_value(
            self, project=settings.project, published=TtlCleanupId.NOTIFICATIONS
        )
        cloudwatch.CfnAlarm(
            self,
            "Alarm",
            alarm_description=f"Mock environment {settings.environment}: a task is unhealthy",
            namespace="AWS/ApplicationELB",
            metric_name="UnHealthyHostCount",
            dimensions=target_group_dimensions(target_group),
            statistic="Maximum",
            period=PERIOD_SECONDS,
            evaluation_periods=UNHEALTHY_MINUTES,
            threshold=0,
            comparison_operator="GreaterThanThreshold",
            treat_missing_data="notBreaching",
            alarm_actions=[topic_arn],
            ok_actions=[topic_arn],
        )
