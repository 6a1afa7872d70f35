"""A small example of a schema, for documents that state none."""

from typing import Any

from bench.engines.openapi_file import resolve

DEEPEST = 6
BY_TYPE = {"string": "string", "integer": 0, "number": 0, "boolean": True}


def example_of(schema: Any, document: dict[str, Any], depth: int = 0) -> Any:
    """Return a value in the shape of a schema: what it states itself, else one by its type.

    A schema that contains itself ends in null after a few levels.
    """
    schema = resolve(schema, document)
    if not isinstance(schema, dict) or depth > DEEPEST:
        return None
    for stated in ("example", "default", "const"):
        if stated in schema:
            return schema[stated]
    for listed in ("examples", "enum"):
        if schema.get(listed):
            return schema[listed][0]
    return _composed(schema, document, depth + 1)


def _composed(schema: dict[str, Any], document: dict[str, Any], depth: int) -> Any:
    for choice in ("oneOf", "anyOf"):
        if schema.get(choice):
            return example_of(schema[choice][0], document, depth)
    if "allOf" in schema:
        parts = [example_of(part, document, depth) for part in schema["allOf"]]
        return {
            key: value for part in parts if isinstance(part, dict) for key, value in part.items()
        }
    return _typed(schema, document, depth)


def _typed(schema: dict[str, Any], document: dict[str, Any], depth: int) -> Any:
    if "properties" in schema:
        properties = schema["properties"].items()
        return {name: example_of(part, document, depth) for name, part in properties}
    if "items" in schema:
        return [example_of(schema["items"], document, depth)]
    kind = schema.get("type")
    return BY_TYPE.get(kind[0] if isinstance(kind, list) else str(kind))
