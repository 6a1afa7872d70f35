"""Metrics that come from what tasks say of their reloads in their log."""

from typing import NamedTuple

from aws_cdk import aws_logs as logs
from constructs import Construct

from mockenv.settings.resolve import EnvironmentSettings


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


def metric_namespace(settings: EnvironmentSettings) -> str:
    """Name the namespace of one environment's metrics."""
    return f"Mockenv/{settings.project}/{settings.environment}"


class ReloadMetrics(Construct):
    """Counts reloads and failed ones, and tells how many mocks are served."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: EnvironmentSettings,
        log_group: logs.ILogGroup,
    ) -> None:
        super().__init__(scope, construct_id)
        for metric in RELOAD_METRICS:
            logs.CfnMetricFilter(
                self,
                metric.name,
                log_group_name=log_group.log_group_name,
                filter_pattern=f'{{ $.event = "{metric.event}" }}',
                metric_transformations=[
                    logs.CfnMetricFilter.MetricTransformationProperty(
                        metric_namespace=metric_namespace(settings),
                        metric_name=metric.name,
                        metric_value=metric.value,
                    )
                ],
            )
