"""CloudWatch Logs as far as commands ask it: one group, in which streams have lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

GROUP = "/mockenv/shop/tasks"
PAGE = 3
MISSING = ClientError({"Error": {"Code": "ResourceNotFoundException"}}, "Logs")


@dataclass
class FakeLogs:
    """What was written, by stream, oldest first; the number of a line is its time unless `start`
    says when its stream began.
    """

    lines: Mapping[str, list[str]] = field(default_factory=dict)
    start: Mapping[str, int] = field(default_factory=dict)
    group: str = GROUP
    pages_given: int = 0

    @classmethod
    def of_tasks(cls, environment: str = "pr-7", /, **lines: list[str]) -> "FakeLogs":
        """Return the log of an environment's mock hosts, by task."""
        return cls({f"{environment}/mock-host/{task}": texts for task, texts in lines.items()})

    def get_log_events(self, *, limit: int, **asked: Any) -> dict[str, Any]:
        """Give the newest lines after an empty page, as the real one may."""
        assert asked["startFromHead"] is False
        self.require(asked["logGroupName"])
        if asked["logStreamName"] not in self.lines:
            raise MISSING
        seen = asked.get("nextToken")
        if seen is None:
            return {"events": [], "nextBackwardToken": "older"}
        events = list(self._events(asked["logStreamName"]))[-limit:]
        return {"events": events, "nextBackwardToken": seen}

    def get_paginator(self, operation: str) -> "_Pages":
        """Page through lines or streams."""
        return _Pages(self, operation)

    def matching(self, prefix: str) -> list[str]:
        """Name the streams that begin so."""
        return sorted(name for name in self.lines if name.startswith(prefix))

    def began(self, stream: str) -> int:
        """Say when a stream began."""
        return self.start.get(stream, 0)

    def _events(self, stream: str) -> Iterator[dict[str, Any]]:
        for number, text in enumerate(self.lines[stream], self.began(stream)):
            found = {"timestamp": number, "logStreamName": stream, "message": text}
            yield found | {"eventId": f"{stream}:{number}"}

    def all_events(self, prefix: str) -> list[dict[str, Any]]:
        """Return the lines of several streams, sorted by time as CloudWatch does."""
        found = [event for stream in self.matching(prefix) for event in self._events(stream)]
        return sorted(found, key=lambda event: int(event["timestamp"]))

    def require(self, group: str) -> None:
        """Fail for a group that does not exist."""
        if group != self.group:
            raise MISSING


@dataclass
class _Pages:
    logs: FakeLogs
    operation: str

    def paginate(self, *, logGroupName: str, logStreamNamePrefix: str, **_: Any) -> Any:  # noqa: N803
        self.logs.require(logGroupName)
        if self.operation == "filter_log_events":
            events = self.logs.all_events(logStreamNamePrefix)
            return self._pages(events)
        assert self.operation == "describe_log_streams"
        return [{"logStreams": [self._stream(s)]} for s in self.logs.matching(logStreamNamePrefix)]

    def _pages(self, events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Give page after page, each when it is asked for; the real one may give empty ones."""
        for begin in range(0, max(1, len(events)), PAGE):
            self.logs.pages_given += 1
            yield {"events": events[begin : begin + PAGE]}

    def _stream(self, name: str) -> dict[str, Any]:
        began = self.logs.began(name)
        written = {"lastEventTimestamp": began + len(self.logs.lines[name])}
        return {"logStreamName": name, "creationTime": began} | written
