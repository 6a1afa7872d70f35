"""What `mockenv logs` is asked for, and the lines that answer it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from mockenv.cloud.log_lines import LogLine, follow_lines, read_lines
from mockenv.cloud.log_source import Part, log_source
from mockenv.cloud.shared_stacks import no_shared_stacks
from mockenv.cloud.task_log import NOT_THERE
from mockenv.errors import ExitCode, MockenvError

SECONDS_PER_UNIT = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


@dataclass(frozen=True)
class Wanted:
    """Whose lines, which, from when on, and whether those that are still to come as well."""

    project: str
    environment: str
    part: Part
    since: datetime
    follow: bool


def chosen_part(*, tasks: bool, gateway: bool, tokens: bool) -> Part:
    """Return the part that options name; raises MockenvError, exit code 2, for more than one."""
    options = {Part.TASKS: tasks, Part.GATEWAY: gateway, Part.TOKENS: tokens}
    chosen = [part for part, is_chosen in options.items() if is_chosen]
    if len(chosen) > 1:
        raise MockenvError(
            "tasks, gateway and tokens have each a log of their own",
            next_step="give one of --tasks, --gateway, --tokens",
            exit_code=ExitCode.BAD_INPUT,
        )
    return chosen[0] if chosen else Part.TASKS


def parse_since(text: str, now: float) -> datetime:
    """Return when `15m` before `now` was; raises MockenvError, exit code 2."""
    match = re.fullmatch(r"([1-9][0-9]{0,4})([smhd])", text)
    if not match:
        raise MockenvError(
            f"--since {text!r} is no length of time",
            next_step="write a whole number with s, m, h or d: 30s, 15m, 8h, 3d",
            exit_code=ExitCode.BAD_INPUT,
        )
    return datetime.fromtimestamp(now - int(match[1]) * SECONDS_PER_UNIT[match[2]], UTC)


def lines(logs: Any, wanted: Wanted, *, wait: Callable[[float], None]) -> Iterator[LogLine]:
    """Yield the lines, oldest first; `logs` is a boto3 client.

    Raises MockenvError if the shared stacks, which hold the logs, are not here.
    """
    source = log_source(wanted.project, wanted.environment, wanted.part)

    def look(since: datetime) -> Iterator[LogLine]:
        try:
            yield from read_lines(logs, source, since, datetime.now(UTC))
        except ClientError as error:
            if error.response["Error"]["Code"] != NOT_THERE:
                raise
            raise no_shared_stacks(wanted.project) from error

    if wanted.follow:
        yield from follow_lines(look, wanted.since, wait)
    yield from look(wanted.since)


def nothing(wanted: Wanted) -> str:
    """Say that there are no lines."""
    since = wanted.since.strftime("%Y-%m-%d %H:%M UTC")
    return (
        f"{wanted.part} of {wanted.environment} wrote nothing since {since}; "
        "look further back: --since 3d"
    )
