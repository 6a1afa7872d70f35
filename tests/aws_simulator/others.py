"""The services of which little is needed: ECS, tagging, SNS."""

import re
from typing import TYPE_CHECKING, Any

from aws_simulator.actor import Gate, refused

if TYPE_CHECKING:
    from aws_simulator.world import World


class Ecs:
    """Services, by their ARN."""

    def __init__(self, world: "World", gate: Gate) -> None:
        self._world = world
        self._gate = gate

    def update_service(self, *, cluster: str, service: str, desiredCount: int) -> None:  # noqa: N803
        def effect() -> None:
            stack = self._world.find(service.rsplit("/", 1)[1])
            if stack is None or cluster not in service:
                raise refused("UpdateService", "ServiceNotFoundException", "Service not found.")
            stack.tasks = desiredCount

        self._gate("UpdateService", effect)


class Tagging:
    """What carries tags; what was deleted is listed for a while more (boto3#3341)."""

    def __init__(self, world: "World", gate: Gate) -> None:
        self._world = world
        self._gate = gate

    def get_resources(
        self,
        *,
        TagFilters: list[dict[str, Any]],  # noqa: N803
        PaginationToken: str,  # noqa: N803
    ) -> dict[str, Any]:
        wanted = {each["Key"]: each["Values"][0] for each in TagFilters}

        def effect() -> dict[str, Any]:
            start = int(PaginationToken or 0)
            arns = self._world.tagged(wanted)
            page = [{"ResourceARN": arn} for arn in arns[start : start + self._world.page]]
            end = start + self._world.page
            return {
                "ResourceTagMappingList": page,
                "PaginationToken": str(end) if end < len(arns) else "",
            }

        return self._gate("GetResources", effect)


class Sns:
    """Messages that were published, with the time."""

    def __init__(self, world: "World", gate: Gate) -> None:
        self._world = world
        self._gate = gate

    def publish(self, *, TopicArn: str, Subject: str, Message: str) -> None:  # noqa: N803
        assert TopicArn
        # SNS API, Publish: ASCII, fewer than 100 characters.
        assert Subject.isascii()
        assert len(Subject) < 100

        if match := re.match(r"mockenv: (\S+) (ends|was never)", Subject):
            self._world.warnings_tried[match[1]].append(self._world.time)

        def effect() -> None:
            self._world.messages.append((self._world.time, Subject, Message))

        self._gate("Publish", effect)
