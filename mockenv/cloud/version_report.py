"""How versions are shown."""

from collections.abc import Sequence
from typing import Any

from mockenv.cloud.version_store import Version

BY_A_DEPLOY = "a deploy"


def as_data(versions: Sequence[Version]) -> list[dict[str, Any]]:
    """Return versions for programs; times in UTC."""
    return [
        {
            "version": version.version,
            "stored_at": version.stored_at.isoformat(timespec="seconds"),
            "pushed_by": version.pushed_by,
            "current": version.is_current,
        }
        for version in versions
    ]


def as_text(versions: Sequence[Version]) -> str:
    """Return versions for people, in local time; `*` marks the current one."""
    lines = [f"  {'VERSION':<16}  {'STORED':<16}  BROUGHT BY"]
    for version in versions:
        mark = "*" if version.is_current else " "
        stored = version.stored_at.astimezone().strftime("%Y-%m-%d %H:%M")
        lines.append(f"{mark} {version.version}  {stored}  {version.pushed_by or BY_A_DEPLOY}")
    return "\n".join(lines)
