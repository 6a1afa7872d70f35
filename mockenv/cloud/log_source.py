"""Which lines of the shared logs are one environment's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from mockenv import log_names

# A validator's process writes on to the stream of the day on which it began.
LONGEST_PROCESS = timedelta(days=1)


class Part(StrEnum):
    """What of an environment wrote a line."""

    TASKS = "tasks"
    GATEWAY = "gateway"
    TOKENS = "tokens"


@dataclass(frozen=True)
class LogSource:
    """A log group; `stream_prefixes` says for a span of time how names of the streams begin (None:
    all are read), `pattern` what lines have to match.
    """

    group: str
    stream_prefixes: Callable[[datetime, datetime], list[str | None]]
    pattern: str | None = None


def log_source(project: str, environment: str, part: Part) -> LogSource:
    """Return where an environment's lines are, whether or not it still exists."""
    match part:
        case Part.TASKS:
            streams = log_names.task_streams(environment)
            return LogSource(log_names.tasks_log(project), lambda *_: [streams])
        case Part.GATEWAY:
            own = f'{{ $.environment = "{environment}" }}'
            return LogSource(log_names.gateway_log(project), lambda *_: [None], own)
        case Part.TOKENS:
            function = log_names.token_validator_function(project, environment)
            return LogSource(log_names.token_validators_log(project), _by_day(function))


def _by_day(function: str) -> Callable[[datetime, datetime], list[str | None]]:
    def prefixes(since: datetime, until: datetime) -> list[str | None]:
        first = (since - LONGEST_PROCESS).astimezone(UTC).date()
        days = (until.astimezone(UTC).date() - first).days + 1
        each_day = (first + timedelta(days=day) for day in range(days))
        return [log_names.token_validator_streams(function, day) for day in each_day]

    return prefixes
