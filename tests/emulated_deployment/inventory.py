"""What became of every resource: whether its service has it, and whether it goes with its stack."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulated_deployment.lookup import Resource
from emulated_deployment.lookups import LOOKUPS
from emulated_deployment.settings_kept import unrepeated


@dataclass
class Fate:
    """A type's resources: how many templates have, CloudFormation made, services had, kept.

    Of `settings` that templates state, services did not repeat those in `unrepeated`.
    """

    wanted: int = 0
    made: int = 0
    found: int = 0
    stayed: int = 0
    settings: int = 0
    unrepeated: Counter[str] = field(default_factory=Counter)


@dataclass
class Inventory:
    """Fates by type; `client` gives boto3 clients of the emulator by service."""

    client: Callable[[str], Any]
    fates: dict[str, Fate] = field(default_factory=dict)
    _seen: dict[str, list[Resource]] = field(default_factory=dict)
    _counted: set[str] = field(default_factory=set)

    def add(self, stack: str, template: Mapping[str, Any]) -> None:
        """Count a stack that was just deployed; an update counts no more than its first."""
        if stack in self._counted:
            return
        self._counted.add(stack)
        for resource in template["Resources"].values():
            self.fates.setdefault(resource["Type"], Fate()).wanted += 1
        self._seen[stack] = self._made(stack, template["Resources"])
        for each in self._seen[stack]:
            self._look_up(each, self.fates[each.kind])

    def _look_up(self, resource: Resource, fate: Fate) -> None:
        fate.made += 1
        answer = self._answer(resource)
        if answer is not None:
            fate.found += 1
            count, missing = unrepeated(resource.properties, answer)
            fate.settings += count
            fate.unrepeated.update(missing)

    def after_deletion(self, stack: str) -> list[Resource]:
        """Count what services still have of a stack that was deleted."""
        left = [each for each in self._seen.pop(stack, []) if self._answer(each) is not None]
        for each in left:
            self.fates[each.kind].stayed += 1
        return left

    def _made(self, stack: str, resources: Mapping[str, Any]) -> list[Resource]:
        pages = self.client("cloudformation").get_paginator("list_stack_resources")
        listed = [
            each
            for page in pages.paginate(StackName=stack)
            for each in page["StackResourceSummaries"]
            if each["ResourceStatus"].endswith("_COMPLETE")
        ]
        beside = {each["ResourceType"]: each["PhysicalResourceId"] for each in reversed(listed)}
        return [
            Resource(
                each["ResourceType"],
                each["PhysicalResourceId"],
                beside,
                resources[each["LogicalResourceId"]].get("Properties", {}),
            )
            for each in listed
        ]

    def _answer(self, resource: Resource) -> Any | None:
        lookup = LOOKUPS.get(resource.kind)
        return lookup.answer(resource, self.client) if lookup else None
