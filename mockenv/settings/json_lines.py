"""Finds the line of a value in a JSON text."""

import json
import re
from collections.abc import Iterator
from typing import Any

BLANKS = re.compile(r"[\s,:]*")
DECODER = json.JSONDecoder()


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """Return the 1-based line where a value begins, or the nearest one above it that is there.

    `text` is known to be valid JSON.
    """
    at = _skip(text, 0)
    for step in path:
        found = [start for name, start in _children(text, at) if name == step]
        if not found:
            break
        at = found[-1]  # of a key that stands twice, the last counts
    return text.count("\n", 0, at) + 1


def _children(text: str, at: int) -> Iterator[tuple[str | int, int]]:
    """List the names (or indexes) of a collection's values with the places where these begin."""
    if text[at] not in "[{":
        return
    index, here = 0, _skip(text, at + 1)
    while text[here] not in "]}":
        name: Any = index
        if text[at] == "{":
            name, end = DECODER.raw_decode(text, here)
            here = _skip(text, end)
        yield name, here
        _, end = DECODER.raw_decode(text, here)
        index, here = index + 1, _skip(text, end)


def _skip(text: str, at: int) -> int:
    found = BLANKS.match(text, at)
    return found.end() if found else at
