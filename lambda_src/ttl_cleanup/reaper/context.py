"""What the steps of a run work with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from ttl_cleanup.reaper.guards import Guards
from ttl_cleanup.reaper.messages import Message
from ttl_cleanup.reaper.owner import Description, Owner
from ttl_cleanup.reaper.stack import GONE, Stack, read_stack
from ttl_cleanup.reaper.tally import Tally
from ttl_cleanup.registry.table import RegistryTable


@dataclass(frozen=True)
class Clients:
    """Clients of boto3. `deletion` is one for CloudFormation that must not repeat a call by itself:
    a deletion that is repeated a minute later could hit what was renewed meanwhile.
    """

    cloudformation: Any
    deletion: Any
    s3: Any
    ecs: Any
    tagging: Any
    sns: Any


@dataclass(frozen=True)
class Context:
    """One run: `now` gives seconds since 1970, `monotonic` seconds that never jump, `is_time_up`
    says when to end, `log` takes an event with its fields.
    """

    owner: Owner
    clients: Clients
    registry: RegistryTable
    topic_arn: str
    now: Callable[[], int]
    monotonic: Callable[[], float]
    is_time_up: Callable[[], bool]
    log: Callable[..., None]
    guards: Guards = field(default_factory=Guards)
    tally: Tally = field(default_factory=Tally)

    def describe(self, stack: str) -> Description | None:
        """Return what CloudFormation says of a stack, by id or name; None if it knows none."""
        try:
            answer = self.clients.cloudformation.describe_stacks(StackName=stack)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ValidationError":
                raise
            return None
        found: Description = answer["Stacks"][0]
        return found

    def look(self, stack: Stack) -> Stack | None:
        """Read a stack anew; None if it is gone. Raises UnreadableStackError."""
        description = self.describe(self.guards.address(stack))
        if description is None or description["StackStatus"] == GONE:
            return None
        return read_stack(description, self.owner, self.guards.checks)

    def publish(self, message: Message) -> None:
        """Tell whoever subscribed."""
        self.clients.sns.publish(
            TopicArn=self.topic_arn, Subject=message.subject, Message=message.text
        )
