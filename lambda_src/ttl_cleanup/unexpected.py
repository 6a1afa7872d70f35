"""Whatever goes wrong, CloudFormation gets an answer: without one a stack waits for an hour."""

import os
from collections.abc import Callable

from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

from ttl_cleanup.answer import Answer
from ttl_cleanup.failure import RefusedError


def answered(find: Callable[[], Answer], *, log: Callable[..., None], log_name: str) -> Answer:
    """Return what `find` does, or why it did not: refusals as they are, other errors by name alone.

    `log` takes one event with its fields; `log_name` says where people find them.
    """
    try:
        return find()
    except RefusedError as error:
        return Answer(succeeded=False, reason=str(error))
    except Exception as error:
        log("unexpected", error=repr(error))
        reason = f"{_without_details(error)}: see log group {log_name}"
        return Answer(succeeded=False, reason=reason)


def variable(name: str) -> str:
    """Return a variable of the function; raises RefusedError if it has none of that name."""
    try:
        return os.environ[name]
    except KeyError as error:
        raise RefusedError(
            f"the function that answers has no variable {name}: deploy the shared stacks again "
            "(cdk deploy --all)"
        ) from error


def _without_details(error: Exception) -> str:
    """Name an error by what it is alone: whoever may see the stack sees this."""
    if isinstance(error, ClientError):
        code = error.response.get("Error", {}).get("Code", "an unknown error")
        return f"{error.operation_name} gave {code}"
    if isinstance(error, BotoCoreError):
        return f"AWS was not reached ({type(error).__name__})"
    return type(error).__name__
