"""Turns parsed YAML into the settings model, and the model's complaints into problems."""

import json
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mockenv.settings.model import SettingsFile
from mockenv.settings.problems import Problem, SettingsError
from mockenv.settings.yaml_source import KeyPath, YamlSource

PLAIN_NAMES = {
    "string_type": "text, in quotes if it looks like a number or a yes/no",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "dict_type": "keys with values",
    "tuple_type": "a list, each item after a dash",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
}


def validate(source: YamlSource) -> SettingsFile:
    """Check a parsed file against the model; raises SettingsError that lists every mistake."""
    try:
        return SettingsFile.model_validate_json(_as_json(source))
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise SettingsError([_problem(source, detail) for detail in details]) from error


def _as_json(source: YamlSource) -> str:
    try:
        return json.dumps(source.data, default=_refuse, allow_nan=False)
    except (TypeError, ValueError) as error:
        wrong = f"holds a value that settings never have: {error}"
        right = "put text that looks like a date or a number in quotes"
        raise SettingsError([Problem(source.name, 1, "", wrong, right)]) from error


def _refuse(value: object) -> None:
    raise TypeError(f"{value} ({type(value).__name__})")


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
    return step not in {"named", "explicit", "static", "jwt"}


def _words(detail: ErrorDetails, path: KeyPath) -> tuple[str, str]:
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    refusal = _refusal(given, detail["loc"])
    phrases: dict[str, Callable[[], tuple[str, str]]] = {
        "extra_forbidden": lambda: ("unknown key", _suggestion(path)),
        "missing": lambda: ("this key is missing", f"add {path[-1]}:"),
        "value_error": lambda: (refusal, str(context["error"])),
        "enum": lambda: (refusal, f"one of {context['expected']}"),
        "literal_error": lambda: (refusal, f"one of {context['expected']}"),
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
    return refusal, f"this is {plain}" if plain else detail["msg"].replace("Input", "this")


def _refusal(given: object, location: KeyPath) -> str:
    if location and location[-1] == "[key]":
        return "this name can't be used"
    if given is None:
        return "has no value"
    if isinstance(given, dict | list):
        return "does not fit together" if given else "is empty"
    return f"{given!r} can't be used"


def _suggestion(path: KeyPath) -> str:
    known = sorted(_fields_at(SettingsFile, path[:-1]))
    close = get_close_matches(str(path[-1]), known, n=1)
    if close:
        return f"did you mean {close[0]}?"
    return f"known here: {', '.join(known)}" if known else "remove it"


def _fields_at(model: type[BaseModel], path: KeyPath) -> set[str]:
    """List the keys that the JSON Schema knows at a place of the file."""
    schema = model.model_json_schema()
    nodes = [schema]
    for step in path:
        nodes = [child for node in nodes for child in _schema_children(schema, node, step)]
    return {key for node in _expand(schema, nodes) for key in node.get("properties", {})}


def _schema_children(schema: dict[str, Any], node: dict[str, Any], step: str | int) -> list[Any]:
    found = []
    for option in _expand(schema, [node]):
        if isinstance(step, int):
            found.append(option.get("items", {}))
        elif step in option.get("properties", {}):
            found.append(option["properties"][step])
        else:
            found.append(option.get("additionalProperties", {}) or {})
    return found


def _expand(schema: dict[str, Any], nodes: list[Any]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        if not isinstance(node, dict):
            continue
        if "$ref" in node:
            yield from _expand(schema, [schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]])
        yield from _expand(schema, [*node.get("anyOf", []), *node.get("oneOf", [])])
        yield node
