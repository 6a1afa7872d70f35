"""Turns parsed YAML into the settings model, and the model's complaints into problems."""

import json
from collections.abc import Callable, Iterator
from math import isfinite
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mockenv.settings.known_keys import known_keys, suggestion
from mockenv.settings.model import SettingsFile
from mockenv.settings.problems import Problem, SettingsError
from mockenv.settings.tokens import KIND_NAMES
from mockenv.settings.yaml_source import KeyPath, YamlSource

KEYS = "keys with values"
PLAIN_NAMES = {
    "string_type": "text, in quotes if it looks like a number or a yes/no",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "dict_type": KEYS,
    "tuple_type": "a list, each item after a dash",
    "model_type": KEYS,
    "model_attributes_type": KEYS,
}
UNQUOTED_KEYS = {"sha256", "keys", "users"}  # what is wrong here may be secret: never repeat it
UNION_STEPS = {
    *("named", "explicit", "checked", "unchecked"),
    *("network_kind", "network_ids", "image_name", "image_described"),
    *KIND_NAMES,
}
LONGEST_QUOTE = 100  # characters of a refused value that an error repeats


def validate(source: YamlSource) -> SettingsFile:
    """Check a parsed file against the model; raises SettingsError that lists every mistake."""
    problems = [
        source.problem(path, wrong, "put text that looks like a date or a number in quotes")
        for path, wrong in _not_plain(source.data, ())
    ]
    if problems:
        raise SettingsError(problems)
    try:
        return SettingsFile.model_validate_json(json.dumps(source.data))
    except ValidationError as error:
        details = _without_echoes(error.errors(include_url=False))
        raise SettingsError([_problem(source, detail) for detail in details]) from error


def _without_echoes(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Drop "too short" of a list whose items are refused: that is the same mistake again."""
    inner = {detail["loc"][:length] for detail in details for length in range(len(detail["loc"]))}
    return [one for one in details if one["type"] != "too_short" or one["loc"] not in inner]


def _not_plain(data: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Find what YAML has and JSON has not: dates, sets, bytes, NaN, and keys that are no text."""
    if isinstance(data, dict):
        for key, value in data.items():
            if isinstance(key, str):
                yield from _not_plain(value, (*path, key))
            else:
                yield (*path, str(key)), f"the key {key} is not text"
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _not_plain(item, (*path, index))
    elif not _is_plain(data):
        yield path, f"this is a {type(data).__name__}, which settings never have"


def _is_plain(value: object) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    return isinstance(value, str | int | None)


def _problem(source: YamlSource, detail: ErrorDetails) -> Problem:
    path = _path_in_file(source.data, detail["loc"])
    wrong, right = _words(detail, path)
    return source.problem(path, wrong, right)


def _path_in_file(data: Any, location: KeyPath) -> KeyPath:
    """Drop the steps that the model's unions add; keep a last one that the file lacks."""
    path: list[str | int] = []
    for index, step in enumerate(location):
        is_last = index == len(location) - 1
        if _has(data, step):
            data = data[step]
            path.append(step)
        elif is_last and isinstance(data, dict) and step != "[key]" and _is_key(step):
            path.append(step)
    return tuple(path)


def _has(data: Any, step: str | int) -> bool:
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


def _is_key(step: str | int) -> bool:
    return step not in UNION_STEPS


def _words(detail: ErrorDetails, path: KeyPath) -> tuple[str, str]:
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    refusal = _refusal(given, detail["loc"])
    phrases: dict[str, Callable[[], tuple[str, str]]] = {
        "extra_forbidden": lambda: ("unknown key", suggestion(path)),
        "missing": lambda: ("this key is missing", f"add {path[-1]}:"),
        "value_error": lambda: (refusal, str(context["error"])),
        "enum": lambda: (refusal, f"one of {context['expected']}"),
        "literal_error": lambda: (refusal, f"one of {context['expected']}"),
        "too_short": lambda: (refusal, f"it needs at least {context['min_length']}"),
        "union_tag_invalid": lambda: (
            f"{context['tag']!r} is unknown",
            f"one of {context['expected_tags']}",
        ),
        "union_tag_not_found": lambda: (
            f"the key {context['discriminator']} is missing",
            "add kind: jwt or kind: static",
        ),
    }
    if kind in phrases:
        return phrases[kind]()
    plain = PLAIN_NAMES.get(kind)
    if plain == KEYS:
        plain = ": ".join(filter(None, (KEYS, ", ".join(known_keys(path)))))
    return refusal, f"this is {plain}" if plain else detail["msg"].replace("Input", "this")


def _refusal(given: object, location: KeyPath) -> str:
    if location and location[-1] == "[key]":
        return "this name can't be used"
    if given is None:
        return "has no value"
    if isinstance(given, dict | list):
        return "does not fit together" if given else "is empty"
    if UNQUOTED_KEYS & set(location):
        return "this value can't be used"
    quoted = repr(given)
    if len(quoted) > LONGEST_QUOTE:
        quoted = f"{quoted[:LONGEST_QUOTE]}…"
    return f"{quoted} can't be used"
