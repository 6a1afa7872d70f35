"""Reads queries of CloudWatch Logs Insights, as far as ours go, for the names in them.

Source: CloudWatch Logs user guide, "Supported commands" and "Supported operations and functions".
What is not known here is an error, so that a slip in a query does not pass for a name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

COMMANDS = {"fields", "filter", "parse", "stats", "sort", "limit", "display", "dedup"}
FUNCTIONS = {"count", "pct", "max", "min", "avg", "sum", "bin", "floor", "ispresent"}
WORDS = {"by", "as", "and", "or", "not", "in", "like", "asc", "desc"}
BUILT_IN = {"@timestamp", "@message", "@logStream"}
TOKEN = re.compile(
    r'\s*(?:"(?P<text>[^"]*)"|(?P<name>@?[A-Za-z_][A-Za-z0-9_]*)|(?P<number>\d+[a-z]?)'
    r"|(?P<operator>>=|<=|!=|[-+*/=<>(),\[\]]))"
)


@dataclass
class Names:
    """Fields that a query asks its log for, and names that it makes itself."""

    asked: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)


def names_in(query: str) -> Names:
    """Return the names in a query; raises ValueError for what Insights does not know."""
    names = Names()
    for step in query.split("\n| "):
        command, _, rest = step.partition(" ")
        if command not in COMMANDS:
            raise ValueError(f"no command: {command}")
        _collect(list(_tokens(rest)), names)
    return names


def _collect(tokens: list[tuple[str, str]], names: Names) -> None:
    is_made = False
    for index, (kind, text) in enumerate(tokens):
        following = tokens[index + 1][1] if index + 1 < len(tokens) else ""
        if kind == "name" and text == "as":
            is_made = True
        elif kind == "name" and text in WORDS:
            is_made = False
        elif kind == "name" and following == "(":
            if text not in FUNCTIONS:
                raise ValueError(f"no function: {text}")
            is_made = False
        elif kind == "name" and is_made:
            names.made.add(text)
            is_made = following == "," and _is_parse(tokens)
        elif kind == "name" and text not in names.made | BUILT_IN:
            names.asked.add(text)
        elif text == "," and _is_parse(tokens):
            is_made = True


def _is_parse(tokens: list[tuple[str, str]]) -> bool:
    """Tell whether this is a parse command: a field, a pattern in quotes, names."""
    return len(tokens) > 2 and tokens[1][0] == "text" and tokens[2][1] == "as"


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(text.rstrip()):
        match = TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise ValueError(f"can't be read: {text[position:]}")
        yield match.lastgroup, match[match.lastgroup]
        position = match.end()
