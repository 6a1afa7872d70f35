"""What tasks wrote: an environment's own streams of the log that all environments share."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from mockenv import log_names

MOST_PAGES = 5
MOST_STREAM_PAGES = 40  # of 50 streams each
NOT_THERE = "ResourceNotFoundException"


@dataclass(frozen=True)
class TaskLog:
    """A log group, and what the names of an environment's streams in it begin with.

    Such a stream is `<environment>/<container>/<task>`.
    """

    group: str
    streams: str

    def stream(self, container: str, task: str) -> str:
        """Name the stream of one container of a task."""
        return f"{self.streams}{container}/{task}"


def task_log(project: str, environment: str) -> TaskLog:
    """Return where an environment's tasks log, whether or not it still exists."""
    return TaskLog(log_names.tasks_log(project), log_names.task_streams(environment))


def last_lines(logs: Any, group: str, streams: Iterable[str], count: int) -> list[str]:
    """Read the last lines of several streams together, oldest first; `logs` is a boto3 client.

    A stream that does not exist is empty.
    """
    lines = [line for stream in streams for line in _tail(logs, group, stream, count)]
    return [text for _, text in sorted(lines)][-count:]


def _tail(logs: Any, group: str, stream: str, count: int) -> list[tuple[int, str]]:
    try:
        for page in islice(_pages_backward(logs, group, stream, count), MOST_PAGES):
            if page:
                return [(event["timestamp"], str(event["message"]).rstrip()) for event in page]
    except ClientError as error:
        if error.response["Error"]["Code"] != NOT_THERE:
            raise
    return []


def _pages_backward(logs: Any, group: str, stream: str, count: int) -> Iterator[list[Any]]:
    """Yield pages from the newest on; some may be empty (CloudWatch Logs API, GetLogEvents)."""
    start: dict[str, str] = {}
    while True:
        page = logs.get_log_events(
            logGroupName=group, logStreamName=stream, limit=count, startFromHead=False, **start
        )
        yield page["events"]
        if page["nextBackwardToken"] == start.get("nextToken"):
            return
        start = {"nextToken": page["nextBackwardToken"]}


def last_written_task(logs: Any, log: TaskLog, since_milliseconds: int) -> str | None:
    """Return the id of the task that wrote last, of those that began to since a moment."""
    streams = [
        stream for stream in _streams(logs, log) if stream["creationTime"] >= since_milliseconds
    ]
    if not streams:
        return None
    return task_of(max(streams, key=_last_written)["logStreamName"])


def streams_of_task(logs: Any, log: TaskLog, task: str) -> list[str]:
    """Name all streams of a task."""
    found = (str(stream["logStreamName"]) for stream in _streams(logs, log))
    return [name for name in found if task_of(name) == task]


def task_of(stream: str) -> str:
    """Return the id of the task that writes a stream."""
    return stream.rpartition("/")[2]


def _last_written(stream: Mapping[str, Any]) -> int:
    """Say when a stream was last written, as far as CloudWatch has noticed."""
    return int(stream.get("lastEventTimestamp", stream["creationTime"]))


def _streams(logs: Any, log: TaskLog) -> Iterator[Mapping[str, Any]]:
    pages = logs.get_paginator("describe_log_streams").paginate(
        logGroupName=log.group, logStreamNamePrefix=log.streams
    )
    try:
        for page in islice(pages, MOST_STREAM_PAGES):
            yield from page["logStreams"]
    except ClientError as error:
        if error.response["Error"]["Code"] != NOT_THERE:
            raise
