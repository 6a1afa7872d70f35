"""Metrics that come from what tasks say of their reloads in their log."""

from typing import NamedTuple

from aws_cdk import aws_logs as logs
from constructs import Construct

from mockenv.log_names import metric_namespace

ENVIRONMENT_DIMENSION = "Environment"


class ReloadMetric(NamedTuple):
    """A metric's name, the log event that it comes from, and its value at each."""

    name: str
    event: str
    value: str


RELOAD_METRICS = (
    ReloadMetric("ConfigReloadCount", "config_reloaded", "1"),
    ReloadMetric("ConfigReloadFailed", "config_reload_failed", "1"),
    ReloadMetric("MockCount", "config_reloaded", "$.mock_count"),
)


class ReloadMetrics(Construct):
    """Counts reloads and failed ones, and tells how many mocks are served, by environment.

    One set serves all environments: each line names its own, which becomes the dimension.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, project: str, log_group: logs.ILogGroup
    ) -> None:
        super().__init__(scope, construct_id)
        for metric in RELOAD_METRICS:
            logs.CfnMetricFilter(
                self,
                metric.name,
                log_group_name=log_group.log_group_name,
                filter_pattern=f'{{ $.event = "{metric.event}" }}',
                metric_transformations=[_transformation(metric, metric_namespace(project))],
            )


def _transformation(
    metric: ReloadMetric, namespace: str
) -> logs.CfnMetricFilter.MetricTransformationProperty:
    by_environment = logs.CfnMetricFilter.DimensionProperty(
        key=ENVIRONMENT_DIMENSION, value="$.environment"
    )
    return logs.CfnMetricFilter.MetricTransformationProperty(
        metric_namespace=namespace,
        metric_name=metric.name,
        metric_value=metric.value,
        dimensions=[by_environment],
    )
