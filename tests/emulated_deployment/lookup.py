"""A call of a service that tells whether a resource is really there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

GONE_STATES = {"INACTIVE", "DRAINING", "DELETED", "deleted", "terminated"}


@dataclass(frozen=True)
class Resource:
    """A resource of a stack, and its properties in the template.

    `beside` are the first ids of the stack's other types.
    """

    kind: str
    physical_id: str
    beside: Mapping[str, str]
    properties: Mapping[str, Any]

    @property
    def last(self) -> str:
        """The last part of the id, where it has several."""
        return self.physical_id.rpartition("/")[2]

    def is_named_in(self, text: str) -> bool:
        """Tell whether each part of the id is in a text; `IGW` is a word of CloudFormation's."""
        return all(part in text for part in self.physical_id.split("|") if part != "IGW")


Arguments = Callable[[Resource], dict[str, Any]]


@dataclass(frozen=True)
class Lookup:
    """A call by which a resource is found."""

    service: str
    operation: str
    arguments: Arguments

    @property
    def name(self) -> str:
        """Name the call as IAM does, for people."""
        words = "".join(word.capitalize() for word in self.operation.split("_"))
        return f"{self.service}:{words}"

    def answer(self, resource: Resource, client: Callable[[str], Any]) -> Any | None:
        """Return what the service says of the resource; None, also for an error, if it is gone."""
        try:
            call = getattr(client(self.service), self.operation)
            said = call(**self.arguments(resource))
        except (ClientError, BotoCoreError, KeyError):
            return None
        if self._lists:
            return [each for each in _entries(said) if _is_there(each, resource)] or None
        return None if any(_state(part) in GONE_STATES for part in said.values()) else said

    @property
    def _lists(self) -> bool:
        """Whether the call lists several: `describe_vpcs`, as opposed to `describe_table`."""
        return self.operation.startswith("describe_") and self.operation.endswith("s")


def _entries(answer: Mapping[str, Any]) -> Iterator[Any]:
    """Yield what lists hold; ECS lists under `failures` what it has not."""
    for name, value in answer.items():
        if isinstance(value, list) and name != "failures":
            yield from value


def _is_there(entry: Any, resource: Resource) -> bool:
    """An entry counts if it is not gone and names the resource: emulators may ignore filters."""
    return _state(entry) not in GONE_STATES and resource.is_named_in(str(entry))


def _state(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return None
    state = entry.get("status") or entry.get("State")
    return state.get("Name") if isinstance(state, dict) else state


def by(argument: str) -> Arguments:
    """The physical id is the one argument."""
    return lambda resource: {argument: resource.physical_id}


def listed(argument: str) -> Arguments:
    """The physical id is one of a list."""
    return lambda resource: {argument: [resource.physical_id]}


def filtered(name: str) -> Arguments:
    """The physical id is a filter's value."""
    return lambda each: {"Filters": [{"Name": name, "Values": [each.physical_id]}]}


def of_api(argument: str) -> Arguments:
    """The resource belongs to its stack's API."""
    return lambda each: {"ApiId": each.beside["AWS::ApiGatewayV2::Api"], argument: each.last}
