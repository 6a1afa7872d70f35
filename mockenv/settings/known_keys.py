"""Which keys there are at a place of a settings file, and where a key that is not there belongs."""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import Any

from mockenv.settings.model import SettingsFile
from mockenv.settings.yaml_source import KeyPath

ANY_ENVIRONMENT = ("environments", "*")


def suggestion(path: KeyPath) -> str:
    """Say what may have been meant by a key that is unknown at its place."""
    *place, key = path
    known = known_keys(tuple(place))
    other_place = _other_place(tuple(place), str(key), known)
    if other_place:
        return f"{key} is a key of {other_place}"
    close = get_close_matches(str(key), known, n=1)
    if close:
        return f"did you mean {close[0]}?"
    return f"known here: {', '.join(known)}" if known else "remove it"


def known_keys(path: KeyPath) -> list[str]:
    """List the keys that the JSON Schema knows at a place of the file, sorted."""
    schema = _schema()
    nodes = [schema]
    for step in path:
        nodes = [child for node in nodes for child in _schema_children(schema, node, step)]
    return sorted({key for node in _expand(schema, nodes) for key in node.get("properties", {})})


@cache
def _schema() -> dict[str, Any]:
    return SettingsFile.model_json_schema()


def _other_place(place: KeyPath, key: str, known: list[str]) -> str | None:
    """Name a place one level below with this key, or environments for what `defaults` lack."""
    for below in known:
        if key in known_keys((*place, below)):
            return ".".join(map(str, (*place, below)))
    if place == ("defaults",) and key in known_keys(ANY_ENVIRONMENT):
        return "an environment or pattern: it belongs under environments"
    return None


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
