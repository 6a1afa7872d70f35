"""What of an environment alarms people."""

from collections.abc import Sequence

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct

from mock_constructs.metric_dimensions import (
    Dimensions,
    function_dimensions,
    gateway_dimensions,
    service_dimensions,
    target_group_dimensions,
)
from mock_constructs.published_ids import TtlCleanupId, published_value
from mockenv.alarms.rule import AlarmRule, Metric, Source
from mockenv.alarms.rules import alarm_rules
from mockenv.log_names import token_validator_function
from mockenv.settings.resolve import EnvironmentSettings

Query = cloudwatch.CfnAlarm.MetricDataQueryProperty
RESULT = "result"


class EnvironmentAlarms(Construct):
    """Tells the topic when an environment is not as it should be, and when it is again.

    `target_groups` are all that its tasks may be in.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: EnvironmentSettings,
        service: ecs.FargateService,
        target_groups: Sequence[elb.ApplicationTargetGroup],
        api_id: str,
    ) -> None:
        super().__init__(scope, construct_id)
        self._settings = settings
        self._target_groups = target_groups
        validator = token_validator_function(settings.project, settings.environment)
        service_metrics = service_dimensions(service)
        self._dimensions = {
            Source.SERVICE: service_metrics,
            Source.INSIGHTS: service_metrics,
            Source.GATEWAY: gateway_dimensions(api_id),
            Source.VALIDATOR: function_dimensions(validator),
        }
        topic_arn = published_value(
            self, project=settings.project, published=TtlCleanupId.NOTIFICATIONS
        )
        for rule in alarm_rules(settings, len(target_groups)):
            self._alarm(rule, topic_arn)

    def _alarm(self, rule: AlarmRule, topic_arn: str) -> None:
        environment = f"Mock environment {self._settings.environment} of {self._settings.project}"
        cloudwatch.CfnAlarm(
            self,
            rule.name,
            alarm_description=f"{environment}: {rule.meaning}. Next: {rule.next_step}",
            metrics=self._queries(rule),
            datapoints_to_alarm=rule.datapoints,
            evaluation_periods=rule.periods,
            threshold=rule.threshold,
            comparison_operator="GreaterThanThreshold",
            treat_missing_data="notBreaching",
            alarm_actions=[topic_arn],
            ok_actions=[topic_arn],
        )

    def _queries(self, rule: AlarmRule) -> list[Query]:
        """Query the metrics, and what they come to, unless that is one of them."""
        queries = [self._query(metric, rule) for metric in rule.metrics]
        if rule.expression in {metric.id for metric in rule.metrics}:
            return queries
        return [Query(id=RESULT, expression=rule.expression, return_data=True), *queries]

    def _query(self, metric: Metric, rule: AlarmRule) -> Query:
        watched = cloudwatch.CfnAlarm.MetricProperty(
            namespace=metric.source, metric_name=metric.name, dimensions=self._of(metric)
        )
        stat = cloudwatch.CfnAlarm.MetricStatProperty(
            metric=watched, period=rule.period_seconds, stat=metric.statistic
        )
        return Query(id=metric.id, metric_stat=stat, return_data=metric.id == rule.expression)

    def _of(self, metric: Metric) -> Dimensions:
        if metric.source is Source.TARGETS:
            return target_group_dimensions(self._target_groups[metric.group])
        return self._dimensions[metric.source]
