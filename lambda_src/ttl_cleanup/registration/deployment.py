"""Whether a stack is being deployed, asked of CloudFormation itself."""

from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from ttl_cleanup.environment_stack import EnvironmentStack
from ttl_cleanup.failure import RefusedError

# CloudFormation refuses to delete a stack in these states but the first ("Stack cannot be deleted
# while in status UPDATE_IN_PROGRESS": aws-toolkit-azure-devops#317), and the reaper deletes none
# in the first.
DEPLOYING = {
    "CREATE_IN_PROGRESS",
    "UPDATE_IN_PROGRESS",
    "UPDATE_ROLLBACK_IN_PROGRESS",
}


def require_deployment(cloudformation: Any, stack: EnvironmentStack) -> None:
    """Raise RefusedError unless the stack is being created or updated at this moment.

    A request may come again minutes later (asynchronous invocation), when its stack is being
    deleted: that one must not bring back what the deletion has taken.
    """
    if _status(cloudformation, stack) not in DEPLOYING:
        raise RefusedError(
            f"environment {stack.environment} is being deleted: wait until its stack is gone, "
            "then deploy again"
        )


def lives_on(cloudformation: Any, stack: EnvironmentStack) -> bool:
    """Tell whether a stack stays although its registration is deleted.

    An update that gives the registration another logical id deletes the former one at its end;
    that must not empty the bucket that tasks are served from.
    """
    return _status(cloudformation, stack).startswith("UPDATE_")


def _status(cloudformation: Any, stack: EnvironmentStack) -> str:
    try:
        answer = cloudformation.describe_stacks(StackName=stack.stack_id)
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationError":
            return "none"
        raise
    return str(answer["Stacks"][0]["StackStatus"])
