"""Finds what was deployed under an environment's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from mockenv import names
from mockenv.cloud.task_log import TaskLog
from mockenv.errors import ExitCode, MockenvError
from mockenv.log_names import task_streams


@dataclass(frozen=True)
class DeployedEnvironment:
    """An environment's stack: its status, and where its parts are."""

    stack_id: str
    status: str
    url: str
    config_bucket: str
    cluster: str
    service: str
    task_log: TaskLog


def find_environment(cloudformation: Any, project: str, environment: str) -> DeployedEnvironment:
    """Read an environment's stack; `cloudformation` is a boto3 client.

    Raises MockenvError: exit code 3 if there is no such environment, 1 if it is not whole.
    """
    stack = describe_environment(cloudformation, project, environment)
    try:
        return read_deployed(stack)
    except KeyError as error:
        raise MockenvError(
            f"the stack of {environment} is {stack['StackStatus']} and has no output {error}",
            next_step=f"wait until its deployment is done, or deploy it: "
            f"cdk deploy -c env={environment}",
        ) from error


def describe_environment(cloudformation: Any, project: str, environment: str) -> Mapping[str, Any]:
    """Return what DescribeStacks says of an environment's stack, in whatever state it is.

    Raises MockenvError: exit code 3 if there is no such environment, 1 if it is not ours.
    """
    stack = _stack(cloudformation, project, environment)
    tags = {tag["Key"]: tag["Value"] for tag in stack.get("Tags", [])}
    if (tags.get(names.TAG_PROJECT), tags.get(names.TAG_ENVIRONMENT)) != (project, environment):
        raise MockenvError(
            f"the stack {stack['StackName']} exists, but its tags don't say that it is ours",
            next_step="look at it in the CloudFormation console; nothing was changed",
        )
    return stack


def unknown_environment(project: str, environment: str) -> MockenvError:
    """Say that there is no such environment; exit code 3."""
    return MockenvError(
        f"there is no environment {environment} of {project} in this account and region",
        next_step=f"deploy it: cdk deploy -c env={environment}; or choose --profile, --region",
        exit_code=ExitCode.UNKNOWN_ENVIRONMENT,
    )


def _stack(cloudformation: Any, project: str, environment: str) -> Mapping[str, Any]:
    name = names.environment_stack(project, environment)
    try:
        stacks = cloudformation.describe_stacks(StackName=name)["Stacks"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ValidationError":
            raise
        stacks = []
    if not stacks:
        raise unknown_environment(project, environment)
    stack: Mapping[str, Any] = stacks[0]
    return stack


def read_deployed(stack: Mapping[str, Any]) -> DeployedEnvironment:
    """Read a stack's outputs; raises KeyError for one that is missing: it is not whole."""
    outputs = {entry["OutputKey"]: entry["OutputValue"] for entry in stack.get("Outputs", [])}
    return DeployedEnvironment(
        stack_id=stack["StackId"],
        status=stack["StackStatus"],
        url=outputs["Url"],
        config_bucket=outputs["ConfigBucket"],
        cluster=outputs["Cluster"],
        service=outputs["Service"],
        task_log=TaskLog(outputs["TaskLog"], task_streams(outputs["Environment"])),
    )
