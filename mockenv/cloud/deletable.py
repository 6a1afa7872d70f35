"""Whether a stack can be deleted now, by what CloudFormation says of it."""

from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from mockenv.cloud.stack_resources import GONE
from mockenv.errors import MockenvError
from ttl_cleanup.reaper.stack import Stack

BEING_DELETED = "DELETE_IN_PROGRESS"
STILL_DELETABLE = {"CREATE_IN_PROGRESS", BEING_DELETED}


def require_deletable(stack: Stack) -> None:
    """Raise MockenvError for a stack that is protected, or at which something else is under way."""
    if stack.is_protected:
        raise MockenvError(
            f"{stack.environment} is protected against deletion (as ttl: never is)",
            next_step="if you mean it, take the protection away first, then run the command again: "
            "aws cloudformation update-termination-protection --no-enable-termination-protection "
            f"--stack-name {stack.name} --region {stack.stack_id.split(':')[3]}",
        )
    if stack.is_in_progress and stack.status not in STILL_DELETABLE:
        raise MockenvError(
            f"the stack of {stack.environment} is {stack.status}, and can't be deleted meanwhile",
            next_step="wait until that is over, then run the command again",
        )


def look_again(cloudformation: Any, stack: Stack) -> None:
    """Raise MockenvError if, while people were asked, something began or the stack went away."""
    status = stack_status(cloudformation, stack.stack_id)
    if status != stack.status:
        raise MockenvError(
            f"the stack of {stack.environment} was {stack.status} and is {status} now; nothing was "
            "changed",
            next_step="look at mockenv list, then run the command again",
        )


def stack_status(cloudformation: Any, stack_id: str) -> str:
    """Return a stack's status; one that CloudFormation has forgotten is gone."""
    try:
        stacks = cloudformation.describe_stacks(StackName=stack_id)["Stacks"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ValidationError":
            raise
        return GONE
    return str(stacks[0]["StackStatus"])
