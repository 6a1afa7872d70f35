"""The TTL as the tag `mockenv:ttl` of a stack holds it: `30m`, `8h`, `3d`, `never`."""

import re

FORM = re.compile(r"([1-9][0-9]{0,5})([mhd])")
SECONDS_PER_UNIT = {"m": 60, "h": 3_600, "d": 86_400}
NEVER = "never"


def ttl_seconds(text: str) -> int | None:
    """Return a TTL in seconds, None for `never`; raises ValueError for anything else.

    The package of a Lambda function holds no settings, so this stands here once more.
    """
    if text == NEVER:
        return None
    match = FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"{text[:40]!r} is no TTL")
    return int(match[1]) * SECONDS_PER_UNIT[match[2]]
