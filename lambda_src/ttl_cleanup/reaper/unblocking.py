"""Removes what commonly keeps a stack from being deleted: running tasks, a bucket's objects."""

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

from ttl_cleanup.emptying import empty_bucket
from ttl_cleanup.environment_stack import environment_stack
from ttl_cleanup.failure import RefusedError
from ttl_cleanup.reaper.context import Context
from ttl_cleanup.reaper.stack import Stack


def unblock(context: Context, stack: Stack) -> None:
    """Let the services of a stack run no task, then empty its bucket.

    What can't be done is logged: the deletion that follows shows whether it mattered.
    """
    for action in (_stop_services, _empty_bucket):
        try:
            action(context, stack)
        except (RefusedError, ClientError, BotoCoreError) as error:
            context.log("not_unblocked", environment=stack.environment, error=str(error))


def _stop_services(context: Context, stack: Stack) -> None:
    for service in _services(context.clients.cloudformation, stack):
        cluster = service.split("/")[-2]
        context.clients.ecs.update_service(cluster=cluster, service=service, desiredCount=0)
        context.log("service_stopped", environment=stack.environment, service=service)


def _services(cloudformation: Any, stack: Stack) -> list[str]:
    """List the ARNs of services that still are: `arn:…:service/<cluster>/<name>`."""
    resources: list[dict[str, Any]] = []
    start: dict[str, str] = {}
    while True:
        page = cloudformation.list_stack_resources(StackName=stack.stack_id, **start)
        resources += page["StackResourceSummaries"]
        if "NextToken" not in page:
            break
        start = {"NextToken": page["NextToken"]}
    return [
        str(resource["PhysicalResourceId"])
        for resource in resources
        if resource["ResourceType"] == "AWS::ECS::Service"
        and resource["ResourceStatus"] != "DELETE_COMPLETE"
    ]


def _empty_bucket(context: Context, stack: Stack) -> None:
    bucket = environment_stack(stack.stack_id, context.owner.project).bucket
    deleted = empty_bucket(context.clients.s3, bucket, is_time_up=context.is_time_up)
    context.log("emptied", environment=stack.environment, objects=deleted)
