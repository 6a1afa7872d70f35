"""Times as people read and write them; inside they are seconds since 1970."""

from datetime import UTC, datetime

from mockenv.errors import ExitCode, MockenvError

UNITS = (("d", 86_400), ("h", 3_600), ("min", 60))
MINUTES = "%Y-%m-%d %H:%M"


def utc(seconds: int) -> str:
    """Write a time in UTC, to the minute."""
    return datetime.fromtimestamp(seconds, UTC).strftime(f"{MINUTES} UTC")


def local(seconds: int) -> str:
    """Write a time as this machine's clock shows it, to the minute."""
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime(f"{MINUTES} %Z")


def iso(seconds: int | None) -> str | None:
    """Write a time for programs; None stays."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()


def span(seconds: int) -> str:
    """Write a length of time in its two largest units: `3 d 4 h`, `2 h 5 min`, `40 s`."""
    if seconds < 60:
        return f"{seconds} s"
    first = next(index for index, (_, size) in enumerate(UNITS) if seconds >= size)
    parts = []
    for unit, size in UNITS[first : first + 2]:
        parts.append(f"{seconds // size} {unit}" if seconds >= size else "")
        seconds %= size
    return " ".join(part for part in parts if part)


def countdown(end: int, now: int) -> str:
    """Say how far ahead a time is, or how long over."""
    return f"in {span(end - now)}" if end > now else f"over since {span(now - end)}"


def parse_until(text: str, now: int) -> int:
    """Read `2026-11-21T18:00`, local time unless a zone is given (`…Z`, `…+01:00`).

    Raises MockenvError, exit code 2, for what is no time, or past.
    """
    try:
        seconds = int(datetime.fromisoformat(text).timestamp())
    except (ValueError, OverflowError, OSError) as error:
        raise _bad(f"--until {text!r} is no time") from error
    if seconds <= now:
        raise _bad(f"--until {text} is over: that was {utc(seconds)}, {local(seconds)}")
    return seconds


def _bad(message: str) -> MockenvError:
    return MockenvError(
        message,
        next_step="write a time to come: 2026-11-21T18:00, or with a zone, …T18:00Z, …+01:00",
        exit_code=ExitCode.BAD_INPUT,
    )
