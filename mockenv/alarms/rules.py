"""The alarms of an environment: one that says whether it serves, or all.

Where a metric may be missing, an expression holds on to one that is there: FILL alone would make
up the newest value, which CloudWatch has not got yet, and an alarm could stay off, or on, for good
(CloudWatch user guide, "Using math expressions": FILL).
"""

from mockenv.alarms import thresholds
from mockenv.alarms.rule import AlarmRule, Metric, Source
from mockenv.settings.model import AlarmSet
from mockenv.settings.resolve import EnvironmentSettings

MINUTE_SECONDS = 60
FIVE_MINUTES_SECONDS = 300
# Ten tasks or fewer: any that is missing. More, and on Spot: what is being replaced is no alarm.
MISSING_TASKS_PERCENT = 10
# Container Insights are minutes late; one good minute in between is no recovery.
SPARE_MINUTES = 2
UNHEALTHY_MINUTES = 5
BUSY_MINUTES = 10
MOST_SERVER_ERRORS = 10


def alarm_rules(settings: EnvironmentSettings, target_groups: int) -> tuple[AlarmRule, ...]:
    """Return an environment's alarms, as its settings choose; it has that many target groups."""
    missing = _missing_tasks(settings, target_groups)
    if settings.alarms is AlarmSet.ONE:
        return (missing,)
    checks_tokens = settings.tokens is not None
    return (
        missing,
        _unhealthy_tasks(settings, target_groups),
        _server_errors(settings),
        _busy(settings, "CPU", thresholds.CPU_PERCENT),
        _busy(settings, "Memory", thresholds.memory_percent(settings)),
        *([_token_check_errors(settings)] if checks_tokens else []),
        _latency(settings),
    )


def _missing_tasks(settings: EnvironmentSettings, target_groups: int) -> AlarmRule:
    """Compare the tasks that ECS wants with those that the load balancer finds healthy.

    Unhealthy tasks, ones that end as they start and ones that don't come all count. Without
    `wanted` (the service is being made or deleted) there is no value; with it, no `healthy` means
    that not even a target is registered.
    """
    minutes = thresholds.missing_minutes(settings)
    periods = minutes + SPARE_MINUTES
    healthy = _of_each_group("healthy", "HealthyHostCount", "Minimum", target_groups)
    serving = " + ".join(f"FILL({metric.id}, 0)" for metric in healthy)
    return AlarmRule(
        name="MissingTasks",
        meaning=f"fewer tasks serve than should, in {minutes} of {periods} minutes",
        next_step=f"mockenv status {settings.environment}",
        metrics=(Metric("wanted", Source.INSIGHTS, "DesiredTaskCount", "Minimum"), *healthy),
        expression=f"100 * (wanted - ({serving})) / wanted",
        threshold=MISSING_TASKS_PERCENT,
        period_seconds=MINUTE_SECONDS,
        datapoints=minutes,
        periods=periods,
    )


def _unhealthy_tasks(settings: EnvironmentSettings, target_groups: int) -> AlarmRule:
    unhealthy = _of_each_group("unhealthy", "UnHealthyHostCount", "Maximum", target_groups)
    return AlarmRule(
        name="UnhealthyTasks",
        meaning=f"a task is unhealthy, for {UNHEALTHY_MINUTES} minutes",
        next_step=f"mockenv status {settings.environment}",
        metrics=unhealthy,
        expression=f"MAX([{', '.join(metric.id for metric in unhealthy)}])",
        threshold=0,
        period_seconds=MINUTE_SECONDS,
        datapoints=UNHEALTHY_MINUTES,
        periods=UNHEALTHY_MINUTES,
    )


def _server_errors(settings: EnvironmentSettings) -> AlarmRule:
    """Count what callers see, whichever of gateway, load balancer and mocks it comes from."""
    share = thresholds.MOST_BY_CHANCE * thresholds.expected_error_share(settings.mocks)
    asked_for = f" - {share:g} * requests" if share else ""
    requests = (Metric("requests", Source.GATEWAY, "Count", "Sum"),) if share else ()
    return AlarmRule(
        name="ServerErrors",
        meaning=f"more than {MOST_SERVER_ERRORS} answers with 5XX in 5 minutes that no mock's "
        "settings ask for",
        next_step=f"the saved query mockenv/{settings.project}/requests-failing",
        metrics=(Metric("errors", Source.GATEWAY, "5xx", "Sum"), *requests),
        expression=f"errors{asked_for}",
        threshold=MOST_SERVER_ERRORS,
        period_seconds=FIVE_MINUTES_SECONDS,
        datapoints=1,
        periods=1,
    )


def _busy(settings: EnvironmentSettings, what: str, percent: int) -> AlarmRule:
    return AlarmRule(
        name=what,
        meaning=f"{what} of its tasks is used to more than {percent} %, for {BUSY_MINUTES} minutes",
        next_step=f"a larger size, or a higher tasks.max, for {settings.environment}",
        metrics=(Metric("used", Source.SERVICE, f"{what}Utilization", "Average"),),
        expression="used",
        threshold=percent,
        period_seconds=MINUTE_SECONDS,
        datapoints=BUSY_MINUTES,
        periods=BUSY_MINUTES,
    )


def _token_check_errors(settings: EnvironmentSettings) -> AlarmRule:
    """Two of three: answers are cached, so that calls, and with them values, are few.

    Of a call that was throttled there is no `errors`; the third value bears the newest, made-up 0.
    """
    return AlarmRule(
        name="TokenCheckErrors",
        meaning="token checks fail or are throttled: callers get 500 whatever their token",
        next_step=f"mockenv logs {settings.environment} --tokens",
        metrics=(
            Metric("errors", Source.VALIDATOR, "Errors", "Sum"),
            Metric("throttled", Source.VALIDATOR, "Throttles", "Sum"),
        ),
        expression="FILL(errors, 0) + FILL(throttled, 0)",
        threshold=0,
        period_seconds=FIVE_MINUTES_SECONDS,
        datapoints=2,
        periods=3,
    )


def _latency(settings: EnvironmentSettings) -> AlarmRule:
    """Time what is behind the gateway: a token validator's cold start is not the mocks' slowness.

    Three in a row, as the p99 of a handful of requests is the slowest of them.
    """
    most_ms = thresholds.latency_ms(settings.mocks)
    return AlarmRule(
        name="Latency",
        meaning=f"one request in a hundred takes more than {most_ms} ms, for 15 minutes",
        next_step=f"the saved query mockenv/{settings.project}/requests-slowest",
        metrics=(Metric("p99", Source.GATEWAY, "IntegrationLatency", "p99"),),
        expression="p99",
        threshold=most_ms,
        period_seconds=FIVE_MINUTES_SECONDS,
        datapoints=3,
        periods=3,
    )


def _of_each_group(
    query_id: str, name: str, statistic: str, target_groups: int
) -> tuple[Metric, ...]:
    """Return a metric of every target group: tasks move between those of a blue-green one."""
    return tuple(
        Metric(f"{query_id}{group + 1}", Source.TARGETS, name, statistic, group)
        for group in range(target_groups)
    )
