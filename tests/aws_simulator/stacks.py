"""Stacks and what CloudFormation does with them: operations that take time, as generators."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

AT_REST_AFTER_CREATE = "CREATE_COMPLETE"
GONE = "DELETE_COMPLETE"
# "Stack [id] cannot be deleted while in status UPDATE_IN_PROGRESS" (aws-toolkit-azure-devops#317,
# guidance-for-clickstream-analytics-on-aws#573), and so while cleaning up after an update
# (amplify-backend#2366). A creation in progress is ended by a deletion (stacker#422), one in
# review too (delstack#646).
NOT_DELETABLE = {
    "UPDATE_IN_PROGRESS",
    "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
    "UPDATE_ROLLBACK_IN_PROGRESS",
    "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
    "ROLLBACK_IN_PROGRESS",
}
# CloudFormation user guide, "Stack status codes"; others "can not be updated".
UPDATABLE = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"}


@dataclass(frozen=True)
class Wait:
    """An operation goes on after this time."""

    seconds: float


@dataclass(frozen=True)
class Ask:
    """An operation waits for the registration's answer."""

    kind: str


Operation = Generator[Wait | Ask, bool, None]
Removal = Generator[Wait | Ask, bool, bool]


@dataclass
class SimulatedStack:
    """A stack, live or deleted; times in seconds since 1970.

    `deletions_to_fail` are those that fail in spite of an empty bucket; `writes_late` says that a
    task writes to the bucket once more, after it was emptied. Whether a deletion that failed has a
    time is not documented: without `shows_deletion_time` it has none.
    """

    stack_id: str
    name: str
    tags: dict[str, str]
    bucket: str
    created_at: float
    status: str = "CREATE_IN_PROGRESS"
    updated_at: float | None = None
    deleted_at: float | None = None
    is_protected: bool = False
    parent: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    registered: bool = False
    tasks: int = 0
    creation_fails: bool = False
    deletions_to_fail: int = 0
    deletions_failed: int = 0
    writes_late: bool = False
    shows_deletion_time: bool = True

    @property
    def service(self) -> str:
        """The ARN of its service, in the long form (ECS developer guide, "ARNs")."""
        place = ":".join(self.stack_id.split(":")[3:5])
        return f"arn:aws:ecs:{place}:service/mockenv-cluster/{self.name}"

    @property
    def _shown_deletion(self) -> float | None:
        return self.deleted_at if self.shows_deletion_time else None

    def snapshot(self) -> "SimulatedStack":
        """Return it as it is now."""
        return replace(self, tags=dict(self.tags))

    def description(self) -> dict[str, Any]:
        """Return it as DescribeStacks does. LastUpdatedTime is there only after an update
        (CloudFormation API, "Stack").
        """
        given: dict[str, Any] = {
            "StackId": self.stack_id,
            "StackName": self.name,
            "StackStatus": self.status,
            "CreationTime": _time(self.created_at),
            "EnableTerminationProtection": self.is_protected,
            "Tags": [{"Key": key, "Value": value} for key, value in self.tags.items()],
        }
        times = {"LastUpdatedTime": self.updated_at, "DeletionTime": self._shown_deletion}
        given |= {name: _time(time) for name, time in times.items() if time is not None}
        return given | ({"ParentId": self.parent} if self.parent else {})


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
