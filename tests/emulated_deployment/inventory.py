"""What became of every resource: whether its service has it, and whether it goes with its stack."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulated_deployment.lookups import LOOKUPS, Resource


@dataclass
class Fate:
    """A type's resources: how many templates have, CloudFormation made, services had, kept."""

    wanted: int = 0
    made: int = 0
    found: int = 0
    stayed: int = 0
    stacks: set[str] = field(default_factory=set)


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
        self._seen[stack] = made = self._made(stack)
        for resource in template["Resources"].values():
            fate = self.fates.setdefault(resource["Type"], Fate())
            fate.wanted += 1
            fate.stacks.add(stack)
        for each in made:
            fate = self.fates.setdefault(each.kind, Fate())
            fate.made += 1
            fate.found += self._finds(each)

    def after_deletion(self, stack: str) -> list[Resource]:
        """Count what services still have of a stack that was deleted."""
        left = [each for each in self._seen.pop(stack, []) if self._finds(each)]
        for each in left:
            self.fates[each.kind].stayed += 1
        return left

    def _made(self, stack: str) -> list[Resource]:
        pages = self.client("cloudformation").get_paginator("list_stack_resources")
        listed = [
            each
            for page in pages.paginate(StackName=stack)
            for each in page["StackResourceSummaries"]
            if each["ResourceStatus"].endswith("_COMPLETE")
        ]
        beside = {each["ResourceType"]: each["PhysicalResourceId"] for each in reversed(listed)}
        return [
            Resource(each["ResourceType"], each["PhysicalResourceId"], beside) for each in listed
        ]

    def _finds(self, resource: Resource) -> bool:
        lookup = LOOKUPS.get(resource.kind)
        return lookup is not None and lookup.finds(resource, self.client)
