"""One dashboard for all environments of a project."""

from collections.abc import Mapping, Sequence

from aws_cdk import Aws, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_logs as logs
from constructs import Construct

from mock_constructs.dashboard_widgets import (
    Widget,
    asked_of_log,
    count_of_found,
    found_metrics,
    heading,
    own_metrics,
    placed,
)
from mock_constructs.metric_search import balancer_search, environment_search, service_search
from mockenv import names
from mockenv.log_names import metric_namespace
from mockenv.log_queries import BY_STREAM, Log

REAPER_METRICS = (
    *("Runs", "TTLWarning", "Expired", "Deleted"),
    *("DeleteFailed", "Leftovers", "Unreadable", "StepsFailed"),
)


class Dashboard(Construct):
    """Finds environments by search, and in the lines that they write: none has to be added.

    `load_balancers` are the full names of all that environments are behind.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        project: str,
        log_groups: Mapping[Log, logs.ILogGroup],
        load_balancers: Sequence[str],
    ) -> None:
        super().__init__(scope, construct_id)
        self._project = project
        self._logs = {log: group.log_group_name for log, group in log_groups.items()}
        widgets = [
            *self._requests(),
            *self._tasks(),
            *(w for n, name in enumerate(load_balancers, 1) for w in _targets(n, name)),
            *self._changes(),
        ]
        body = {"start": "-PT3H", "widgets": placed(heading(_links(project)), widgets)}
        cloudwatch.CfnDashboard(
            self,
            "Dashboard",
            # Dashboards are known in all regions of an account: the same project may be in two.
            dashboard_name=f"mockenv-{project}-{Aws.REGION}",
            dashboard_body=Stack.of(self).to_json_string(body),
        )

    def _requests(self) -> list[Widget]:
        by_environment = "by environment, bin(5m)"
        return [
            self._over_time("Requests", f"stats count(*) as requests {by_environment}"),
            self._over_time(
                "4XX", "filter status >= 400 and status < 500", f"stats count(*) {by_environment}"
            ),
            self._over_time("5XX", "filter status >= 500", f"stats count(*) {by_environment}"),
            self._table(
                "Latency in ms",
                Log.GATEWAY,
                "filter latencyMs >= 0",
                "stats count(*) as requests, pct(latencyMs, 50) as p50, "
                "pct(latencyMs, 99) as p99 by environment",
                "sort p99 desc",
            ),
            self._over_time("Throttled", "filter status = 429", f"stats count(*) {by_environment}"),
            self._over_time(
                "Failed token checks",
                # The gateway's own 500, behind which no mock was asked.
                'filter status = 500 and mockStatus = "-"',
                f"stats count(*) {by_environment}",
            ),
        ]

    def _tasks(self) -> list[Widget]:
        cluster = names.cluster(self._project)
        insights, service = "ECS/ContainerInsights", "AWS/ECS"
        return [
            found_metrics(title, service_search(cluster, namespace, metric, statistic))
            for title, namespace, metric, statistic in (
                ("Tasks running", insights, "RunningTaskCount", "Maximum"),
                ("Tasks wanted", insights, "DesiredTaskCount", "Maximum"),
                ("CPU of tasks in %", service, "CPUUtilization", "Average"),
                ("Memory of tasks in %", service, "MemoryUtilization", "Average"),
            )
        ]

    def _changes(self) -> list[Widget]:
        namespace = metric_namespace(self._project)
        return [
            found_metrics("Reloads", environment_search(namespace, "ConfigReloadCount")),
            found_metrics("Failed reloads", environment_search(namespace, "ConfigReloadFailed")),
            own_metrics("Reaper", namespace, REAPER_METRICS, ("Function", "reaper")),
            self._table(
                "Last words of failing tasks",
                Log.TASKS,
                BY_STREAM,
                'filter event in ["failed", "fault", "mock_failed"]',
                "fields @timestamp, inEnvironment, task, @message",
                "sort @timestamp desc",
                "limit 20",
            ),
        ]

    def _over_time(self, title: str, *steps: str) -> Widget:
        title = f"{title} by environment"
        return asked_of_log(title, self._logs[Log.GATEWAY], steps, as_table=False)

    def _table(self, title: str, log: Log, *steps: str) -> Widget:
        return asked_of_log(title, self._logs[log], steps, as_table=True)


def _targets(number: int, load_balancer: str) -> list[Widget]:
    healthy = balancer_search(load_balancer, "HealthyHostCount", "Minimum")
    unhealthy = balancer_search(load_balancer, "UnHealthyHostCount", "Maximum")
    return [
        found_metrics(f"Healthy tasks, load balancer {number}", healthy),
        found_metrics(f"Unhealthy tasks, load balancer {number}", unhealthy),
        count_of_found(
            f"Target groups of load balancer {number}", healthy, "in use", names.MOST_TARGET_GROUPS
        ),
    ]


def _links(project: str) -> str:
    console = f"https://{Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region={Aws.REGION}"
    return (
        f"# Mock environments of {project}\n"
        f"[Alarms]({console}#alarmsV2:?search=mockenv-{project}-env-) · "
        f"[Saved queries, under mockenv/{project}]({console}#logsV2:logs-insights) · "
        f"one environment: `mockenv status pr-123`, `mockenv logs pr-123`"
    )
