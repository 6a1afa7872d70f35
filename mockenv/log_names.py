"""Where logs are: fixed names, shared by all environments of a project, so none goes with one."""

from datetime import date


def tasks_log(project: str) -> str:
    """Name the log group of all tasks; its streams are `<environment>/<container>/<task>`."""
    return f"/mockenv/{project}/tasks"


def task_streams(environment: str) -> str:
    """Return what the names of an environment's streams begin with, in the log of tasks."""
    return f"{environment}/"


def gateway_log(project: str) -> str:
    """Name the access log of all gateways; each line names its environment.

    The prefix keeps the account's one log delivery policy from growing with every gateway past its
    limit (CloudWatch Logs user guide, "Logs sent to CloudWatch Logs").
    """
    return f"/aws/vendedlogs/mockenv/{project}/gateway"


def token_validators_log(project: str) -> str:
    """Name the log group of all token validators; their streams name the function."""
    return f"/mockenv/{project}/token-validators"


def token_validator_function(project: str, environment: str) -> str:
    """Name an environment's token validator; fixed, as its log's streams carry the name."""
    return f"mockenv-{project}-env-{environment}-tokens"


def token_validator_streams(function: str, day: date) -> str:
    """Return what the names of a function's streams of a day begin with.

    Source: Lambda developer guide, "Configuring CloudWatch log groups".
    """
    return f"{day:%Y/%m/%d}/{function}["


def container_insights_log(cluster: str) -> str:
    """Name the log group that ECS writes a cluster's Container Insights to."""
    return f"/aws/ecs/containerinsights/{cluster}/performance"


def metric_namespace(project: str) -> str:
    """Name the namespace of a project's own metrics."""
    return f"Mockenv/{project}"
