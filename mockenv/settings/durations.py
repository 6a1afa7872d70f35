"""Durations as people write them: `8h`, `3d`, `never`."""

import re

SECONDS_PER_UNIT = {"m": 60, "h": 3_600, "d": 86_400}
SHORTEST_TTL_SECONDS = 15 * 60
LONGEST_TTL_SECONDS = 365 * 86_400
NEVER = "never"


def parse_ttl(text: str) -> int | None:
    """Return a TTL in seconds, None for `never`; raises ValueError that says what is right."""
    if text == NEVER:
        return None
    match = re.fullmatch(r"([1-9][0-9]{0,5})([mhd])", text)
    if not match:
        raise ValueError("a TTL is a whole number with m, h or d (30m, 8h, 3d), or never")
    seconds = int(match[1]) * SECONDS_PER_UNIT[match[2]]
    if not SHORTEST_TTL_SECONDS <= seconds <= LONGEST_TTL_SECONDS:
        raise ValueError("a TTL is between 15m and 365d, or never")
    return seconds


def format_ttl(seconds: int | None) -> str:
    """Write a TTL in its largest whole unit: 28800 as `8h`, None as `never`."""
    if seconds is None:
        return NEVER
    unit = next(unit for unit in "dhm" if seconds % SECONDS_PER_UNIT[unit] == 0)
    return f"{seconds // SECONDS_PER_UNIT[unit]}{unit}"
