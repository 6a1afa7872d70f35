"""Logs that something of ours writes to: their name, and how much of them it may write."""

from typing import NamedTuple

from aws_cdk import Aws, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from mock_constructs.acknowledged import acknowledge

# Logs of the cleanup: longer than environments live by default, for questions that come later.
CLEANUP_LOG_DAYS = 30
ACKNOWLEDGED = {
    "CKV_AWS_158": "CloudWatch Logs encrypts it with its own key unless kms_key names another; no "
    "line of ours holds a token, and a key costs more a month than most environments",
}
OWN_STREAMS = (
    "Streams of this environment alone, in a log that all share: their names come with days, tasks "
    "and processes"
)


class WrittenLog(NamedTuple):
    """A log group by name, and the ARN of the streams that may be written."""

    group_name: str
    streams_arn: str

    def writing(self) -> iam.PolicyStatement:
        """Allow to write these streams; to create log groups never."""
        return iam.PolicyStatement(
            actions=["logs:CreateLogStream", "logs:PutLogEvents"], resources=[self.streams_arn]
        )

    def wildcards(self) -> dict[str, str]:
        """Return why its streams are named by a pattern, where they are."""
        return {self.streams_arn: OWN_STREAMS} if self.streams_arn.endswith("*") else {}


def shared_log(group_name: str, streams: str) -> WrittenLog:
    """Refer to those streams of a shared log group whose names fit a pattern (`*`, `?`).

    IAM compares both actions with the stream's ARN (aws-crr-monitor#8).
    """
    return WrittenLog(group_name, f"{log_group_arn(group_name)}:log-stream:{streams}")


def log_group_arn(group_name: str) -> str:
    """Return a log group's ARN without the `:*` that CloudFormation's own attribute ends in."""
    return f"arn:{Aws.PARTITION}:logs:{Aws.REGION}:{Aws.ACCOUNT_ID}:log-group:{group_name}"


def owned_log(
    scope: Construct, construct_id: str, *, name: str, retention_days: int, kms_key: str | None
) -> WrittenLog:
    """Create a log group that something of the same stack may write to, all of it."""
    group = owned_log_group(
        scope, construct_id, name=name, retention_days=retention_days, kms_key=kms_key
    )
    return WrittenLog(group.log_group_name, group.log_group_arn)


def owned_log_group(
    scope: Construct, construct_id: str, *, name: str, retention_days: int, kms_key: str | None
) -> logs.LogGroup:
    """Create a log group under a fixed name, where people and commands find it.

    It goes with its stack, and as no role may create log groups, it does not come back
    (aws-cdk#11549). `kms_key` is the ARN of a key that encrypts it; the key's policy must let
    CloudWatch Logs use it.
    """
    group = logs.LogGroup(
        scope, construct_id, log_group_name=name, removal_policy=RemovalPolicy.DESTROY
    )
    resource = group.node.default_child
    assert isinstance(resource, logs.CfnLogGroup)  # noqa: S101 (tells the type checker)
    resource.retention_in_days = retention_days
    resource.kms_key_id = kms_key
    acknowledge(group, ACKNOWLEDGED)
    return group
