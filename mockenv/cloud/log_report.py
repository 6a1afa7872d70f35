"""How lines of a log are shown."""

import json
from typing import Any

from mockenv.cloud.log_lines import LogLine

SHORT_TASK = 8


def as_text(line: LogLine) -> str:
    """Return a line for people: `2026-11-20 15:04:05.120  mock-host/0a1b2c3d  …`, in UTC."""
    at = line.at.strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    return f"{at}  {_writer(line.stream)}{line.message}"


def as_data(line: LogLine) -> dict[str, Any]:
    """Return a line for programs; a message that is JSON as what it says."""
    at = line.at.isoformat(timespec="milliseconds")
    return {"time": at, "stream": line.stream, "message": _said(line.message)}


def _writer(stream: str) -> str:
    """Name container and task; streams of gateways and validators say nothing to people."""
    parts = stream.split("/")
    return f"{parts[1]}/{parts[2][:SHORT_TASK]}  " if len(parts) == 3 else ""


def _said(message: str) -> Any:
    try:
        return json.loads(message)
    except ValueError:
        return message
