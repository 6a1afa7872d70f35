"""Lines of a log, those that are there and those that come; a page of them at a time in memory."""

import heapq
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from mockenv.cloud.log_source import LogSource

POLL_SECONDS = 2.0
# Lines may arrive after later ones: that much is looked at again.
OVERLAP_MILLISECONDS = 30_000


@dataclass(frozen=True, order=True)
class LogLine:
    """One line; `event_id` is CloudWatch's own."""

    timestamp_milliseconds: int
    stream: str
    message: str
    event_id: str

    @property
    def at(self) -> datetime:
        """When it was written."""
        return datetime.fromtimestamp(self.timestamp_milliseconds / 1_000, UTC)


def read_lines(logs: Any, source: LogSource, since: datetime, until: datetime) -> Iterator[LogLine]:
    """Yield the lines of a span of time, oldest first, while it reads; `logs` is a boto3 client.

    CloudWatch sorts by time what it gives for one prefix of streams (API reference,
    FilterLogEvents); of several prefixes, a page each is held.
    """
    prefixes = source.stream_prefixes(since, until)
    sorted_ones = [_lines(logs, source, since, prefix) for prefix in prefixes]
    return heapq.merge(*sorted_ones, key=lambda line: line.timestamp_milliseconds)


def follow_lines(
    look: Callable[[datetime], Iterable[LogLine]], since: datetime, wait: Callable[[float], None]
) -> Iterator[LogLine]:
    """Yield lines as they come, for ever; `look` reads those since a moment."""
    told: OrderedDict[str, int] = OrderedDict()
    newest = int(since.timestamp() * 1_000)
    while True:
        for line in look(datetime.fromtimestamp((newest - OVERLAP_MILLISECONDS) / 1_000, UTC)):
            is_old = line.at < since or line.event_id in told
            told[line.event_id] = line.timestamp_milliseconds
            newest = max(newest, line.timestamp_milliseconds)
            _forget(told, newest - OVERLAP_MILLISECONDS)
            if not is_old:
                yield line
        wait(POLL_SECONDS)


def _forget(told: OrderedDict[str, int], before: int) -> None:
    """Drop what no look can give again; what came late goes with what came before it."""
    while told and next(iter(told.values())) < before:
        told.popitem(last=False)


def _lines(logs: Any, source: LogSource, since: datetime, prefix: str | None) -> Iterator[LogLine]:
    asked = {
        "logGroupName": source.group,
        "startTime": round(since.timestamp() * 1_000),
        **({"logStreamNamePrefix": prefix} if prefix else {}),
        **({"filterPattern": source.pattern} if source.pattern else {}),
    }
    for page in logs.get_paginator("filter_log_events").paginate(**asked):
        for event in page["events"]:
            message = str(event["message"]).rstrip()
            yield LogLine(event["timestamp"], event["logStreamName"], message, event["eventId"])
