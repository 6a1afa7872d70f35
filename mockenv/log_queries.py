"""Questions to the shared logs, in the language of CloudWatch Logs Insights.

Fields are those that gateway, tasks and token validators write; Insights finds them in JSON by
itself, and compares texts of digits as numbers.
"""

from enum import StrEnum
from typing import NamedTuple


class Log(StrEnum):
    """What a question is asked of."""

    GATEWAY = "gateway"
    TASKS = "tasks"
    TOKEN_VALIDATORS = "token-validators"  # noqa: S105 (a name)
    CONTAINER_INSIGHTS = "container-insights"


class LogQuery(NamedTuple):
    """A question under a name."""

    name: str
    log: Log
    steps: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole query."""
        return "\n| ".join(self.steps)


# Tasks' streams are <environment>/<container>/<task>. What the mock host says before it knows its
# environment, and what is no JSON, is told apart by them.
BY_STREAM = 'parse @logStream "*/*/*" as inEnvironment, container, task'
NEWEST_FIRST = ("sort @timestamp desc", "limit 200")


def saved_queries(project: str) -> tuple[LogQuery, ...]:
    """Return the questions that people ask."""
    return (*REQUESTS, *TASKS, _token_refusals(project))


REQUESTS = (
    LogQuery(
        "requests-failing",
        Log.GATEWAY,
        (
            "filter status >= 500",
            "fields @timestamp, environment, method, path, status, mockStatus, mockError, "
            "tokenError, requestId",
            *NEWEST_FIRST,
        ),
    ),
    LogQuery(
        "requests-slowest",
        Log.GATEWAY,
        (
            "filter mockLatencyMs >= 0",
            "stats count(*) as requests, pct(mockLatencyMs, 50) as p50, "
            "pct(mockLatencyMs, 99) as p99, max(mockLatencyMs) as slowest "
            "by environment, routeKey",
            "sort p99 desc",
            "limit 50",
        ),
    ),
    LogQuery(
        "requests-by-route",
        Log.GATEWAY,
        (
            "fields floor(status / 100) as hundreds",
            "stats count(*) as requests by environment, routeKey, hundreds",
            "sort requests desc",
            "limit 500",
        ),
    ),
    LogQuery(
        "requests-throttled",
        Log.GATEWAY,
        (
            "filter status = 429",
            "stats count(*) as throttled by environment, bin(5m)",
        ),
    ),
)
TASKS = (
    LogQuery(
        "reloads",
        Log.TASKS,
        (
            BY_STREAM,
            'filter event in ["ready", "config_reloaded", "config_reload_failed"]',
            "fields @timestamp, inEnvironment, task, event, version, mock_count, reason",
            *NEWEST_FIRST,
        ),
    ),
    LogQuery(
        "tasks-failing",
        Log.TASKS,
        (
            BY_STREAM,
            'filter event in ["failed", "fault", "mock_failed"] or not ispresent(event)',
            "fields @timestamp, inEnvironment, container, task, @message",
            *NEWEST_FIRST,
        ),
    ),
    LogQuery(
        "tasks-come-and-go",
        Log.TASKS,
        (
            BY_STREAM,
            'filter event in ["ready", "draining"]',
            "fields @timestamp, inEnvironment, task, event, started_ms",
            *NEWEST_FIRST,
        ),
    ),
    LogQuery(
        "scaling",
        Log.CONTAINER_INSIGHTS,
        (
            'filter Type = "Service"',
            "stats max(DesiredTaskCount) as wanted, max(RunningTaskCount) as running, "
            "max(PendingTaskCount) as pending by ServiceName, bin(1m)",
        ),
    ),
)


def _token_refusals(project: str) -> LogQuery:
    stream = f'parse @logStream "*/*/*/mockenv-{project}-env-*-tokens[*"'
    return LogQuery(
        "token-refusals",
        Log.TOKEN_VALIDATORS,
        (
            f"{stream} as year, month, day, inEnvironment, process",
            'filter event = "refused"',
            "stats count(*) as refusals by inEnvironment, reason, route",
            "sort refusals desc",
        ),
    )
