"""How long an environment lives by its record and its stack together, as the reaper sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mockenv.cloud.deployed import describe_environment, unknown_environment
from mockenv.cloud.times import iso
from mockenv.errors import MockenvError
from ttl_cleanup.environment_stack import STACK_ID
from ttl_cleanup.reaper.decision import facts
from ttl_cleanup.reaper.owner import IDENTITY_CHECKS, Owner
from ttl_cleanup.reaper.stack import Stack, UnreadableStackError, read_stack
from ttl_cleanup.registry.lifetime import end
from ttl_cleanup.registry.record import Record


@dataclass(frozen=True)
class Lifetime:
    """When an environment ends: seconds since 1970, None for never."""

    ends_at: int | None
    is_pinned: bool

    def as_data(self) -> dict[str, Any]:
        """Return it for programs; the time in UTC."""
        return {"ends_at": iso(self.ends_at), "is_pinned": self.is_pinned}


def lifetime(record: Record, stack: Stack) -> Lifetime:
    """Return what the reaper goes by."""
    return Lifetime(end(record, facts(stack)), record.is_pinned)


def find_stack(cloudformation: Any, project: str, environment: str) -> Stack:
    """Read an environment's stack as the reaper does; `cloudformation` is a boto3 client.

    Raises MockenvError: exit code 3 if there is none, 1 if it is not as one has to be.
    """
    description = describe_environment(cloudformation, project, environment)
    try:
        stack = read_stack(description, owner_of(description, project), IDENTITY_CHECKS)
    except UnreadableStackError as error:
        raise MockenvError(
            f"{error}, so it is not treated as an environment",
            next_step=f"deploy it again: cdk deploy -c env={environment}",
        ) from error
    if stack is None:
        raise unknown_environment(project, environment)
    return stack


def owner_of(description: Mapping[str, Any], project: str) -> Owner:
    """Return whose stack it is, in the account and region that answered: those were chosen."""
    match = STACK_ID.fullmatch(str(description["StackId"]))
    account, region = (match["account"], match["region"]) if match else ("", "")
    return Owner(project, account, region)
