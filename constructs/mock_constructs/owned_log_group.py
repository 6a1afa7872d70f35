"""Log groups that belong to a stack and go with it."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_logs as logs
from constructs import Construct

from mockenv.settings.resolve import EnvironmentSettings


def environment_log_name(settings: EnvironmentSettings, part: str) -> str:
    """Name the log group of one part of an environment."""
    return f"/mockenv/{settings.project}/{settings.environment}/{part}"


def owned_log_group(
    scope: Construct, construct_id: str, *, name: str, retention: logs.RetentionDays
) -> logs.LogGroup:
    """Create a log group under a fixed name, where people and commands find it.

    No role may create log groups, so none comes back once the stack is gone (aws-cdk#11549).
    """
    return logs.LogGroup(
        scope,
        construct_id,
        log_group_name=name,
        retention=retention,
        removal_policy=RemovalPolicy.DESTROY,
    )
