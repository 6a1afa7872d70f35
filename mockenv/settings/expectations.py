"""Checks MockServer expectations, before MockServer sees them.

mock_host/src/expectations/check.ts finds the same mistakes by the same schema; tests hold the two
together.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from mockenv.settings.json_lines import line_of

Steps = tuple[str | int, ...]
Found = tuple[Steps, tuple[str, str]]

SCHEMA = Path(__file__).with_name("expectations.schema.json")
LONGEST_QUOTE = 60
TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "an object",
    "array": "a list",
}
LIMITS = {
    "minimum": "at least {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "at most {}",
    "minItems": "at least {} of them",
    "maxItems": "at most {} of them",
    "maxLength": "at most {} characters",
}


@dataclass(frozen=True)
class Mistake:
    """One mistake: its 1-based line and its key (`[2].httpRequest.path`), what would be right."""

    line: int
    key: str
    wrong: str
    right: str


def find_mistakes(text: str, data: Any) -> list[Mistake]:
    """List the mistakes of expectations in the order of their lines; `data` is `text` parsed."""
    errors = _validator().iter_errors(data)
    found = [one for error in errors for one in _described(error)] or list(_same_ids(data))
    mistakes = [Mistake(line_of(text, path), _key(path), *words) for path, words in found]
    return sorted(mistakes, key=lambda mistake: (mistake.line, mistake.key))


@cache
def _validator() -> Any:
    # Only files of expectations need it: an eighth of a second otherwise lost at each start.
    from jsonschema import Draft7Validator  # type: ignore[import-untyped]  # noqa: PLC0415

    return Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _same_ids(data: list[dict[str, Any]]) -> Iterator[Found]:
    """Find ids that stand twice: MockServer would take the second for a change of the first."""
    first: dict[str, int] = {}
    for index, expectation in enumerate(data):
        if "id" not in expectation:
            continue
        before = first.setdefault(expectation["id"], index)
        if before != index:
            wrong = f"{_quote(expectation['id'])} is the id of [{before}] too"
            yield (index, "id"), (wrong, "give each its own, or none")


def _described(error: Any) -> Iterator[Found]:
    path: Steps = tuple(error.absolute_path)
    said = str(error.schema.get("description", ""))
    if "propertyNames" in error.absolute_schema_path:
        yield (*path, error.instance), ("this name can't be used", said)
    elif error.validator == "additionalProperties":
        for key in error.instance.keys() - error.schema.get("properties", {}).keys():
            yield (*path, key), ("unknown key", _suggestion(key, error.schema))
    else:
        yield path, _words(error, said)


def _words(error: Any, said: str) -> tuple[str, str]:
    kind, node = error.validator, error.schema
    if kind == "required":
        key = error.message.split("'")[1]  # one error for each that is missing
        return f"the key {key} is missing", f"add {key}"
    if kind == "oneOf":
        return "needs exactly one action", said
    if kind == "not":
        return "this can't be used", said
    return f"{_quote(error.instance)} can't be used", _right_value(kind, node, said)


def _right_value(kind: str, node: dict[str, Any], said: str) -> str:
    if kind in LIMITS:
        return LIMITS[kind].format(node[kind])
    if said:
        return said
    if kind == "enum":
        return f"one of {', '.join(node['enum'])}"
    types = node["type"] if isinstance(node["type"], list) else [node["type"]]
    return f"this is {' or '.join(TYPES[name] for name in types)}"


def _suggestion(key: str, node: dict[str, Any]) -> str:
    known = sorted(name for name, value in node["properties"].items() if "not" not in value)
    lower = {name.lower(): name for name in known}
    close = get_close_matches(key.lower(), lower, n=1, cutoff=0.66)
    return f"did you mean {lower[close[0]]}?" if close else f"known here: {', '.join(known)}"


def _key(path: Steps) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def _quote(value: Any) -> str:
    """Repeat a refused value as JSON has it: not more of it than helps to find it."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
