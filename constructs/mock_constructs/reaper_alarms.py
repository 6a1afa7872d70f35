"""What of the reaper's work alarms people."""

from typing import Any, NamedTuple

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sns as sns
from constructs import Construct

from mock_constructs.python_function import PythonFunction

PERIOD_SECONDS = 300
PERIODS_WITHOUT_RUN = 3


class FoundAlarm(NamedTuple):
    """A metric of a run that is above 0 as long as something is wrong, and what that is."""

    metric: str
    meaning: str


FOUND_ALARMS = (
    FoundAlarm("DeleteFailed", "environments can't be deleted and go on to cost"),
    FoundAlarm("Leftovers", "deleted environments left resources behind"),
    FoundAlarm("Unreadable", "stacks or records have not the form they need: nothing acts on them"),
)


class ReaperAlarms(Construct):
    """Tells the topic what the reaper found, that it failed, and that it did not run."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        project: str,
        reaper: PythonFunction,
        topic: sns.ITopic,
    ) -> None:
        super().__init__(scope, construct_id)
        self._project = project
        self._topic = topic
        for alarm in FOUND_ALARMS:
            # Log lines may be counted twice, so the most of a period and not the sum.
            meaning = f"Mock environments of {project}: {alarm.meaning}"
            self._above_zero(alarm.metric, meaning, **self._own(alarm.metric), statistic="Maximum")
        self._above_zero(
            "Errors",
            f"The reaper of {project} ends with errors",
            namespace="AWS/Lambda",
            metric_name="Errors",
            dimensions=[_dimension("FunctionName", reaper.function.ref)],
            statistic="Sum",
        )
        self._alarm(
            "DidNotRun",
            alarm_description=f"The reaper of {project} did not end a run in 15 minutes",
            **self._own("Runs"),
            statistic="Sum",
            evaluation_periods=PERIODS_WITHOUT_RUN,
            threshold=1,
            comparison_operator="LessThanThreshold",
            treat_missing_data="breaching",
        )

    def _own(self, metric: str) -> dict[str, Any]:
        return {
            "namespace": f"Mockenv/{self._project}",
            "metric_name": metric,
            "dimensions": [_dimension("Function", "reaper")],
        }

    def _above_zero(self, construct_id: str, meaning: str, **metric: Any) -> None:
        self._alarm(
            construct_id,
            alarm_description=meaning,
            evaluation_periods=1,
            threshold=0,
            comparison_operator="GreaterThanThreshold",
            treat_missing_data="notBreaching",
            **metric,
        )

    def _alarm(self, construct_id: str, **properties: Any) -> None:
        topic_arn = self._topic.topic_arn
        cloudwatch.CfnAlarm(
            self,
            construct_id,
            period=PERIOD_SECONDS,
            alarm_actions=[topic_arn],
            ok_actions=[topic_arn],
            **properties,
        )


def _dimension(name: str, value: str) -> cloudwatch.CfnAlarm.DimensionProperty:
    return cloudwatch.CfnAlarm.DimensionProperty(name=name, value=value)
