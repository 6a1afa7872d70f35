"""Finds every example of an OpenAPI 3.1 document together with the schema it has to fit."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from openapi_schema_validator import OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

DOCUMENT_URI = "urn:document"


class Example(NamedTuple):
    """An example's place in the document, the JSON pointer of its schema, and its value."""

    place: str
    schema_pointer: str
    value: Any


def find_examples(document: Any) -> Iterator[Example]:
    """Walk a document; media types, parameters and headers carry examples beside a schema."""
    waiting: list[tuple[str, Any]] = [("", document)]
    while waiting:
        place, node = waiting.pop()
        if isinstance(node, dict):
            if "schema" in node:
                yield from _examples_of(document, place, node)
            waiting += [(f"{place}/{_escaped(key)}", child) for key, child in node.items()]
        elif isinstance(node, list):
            waiting += [(f"{place}/{index}", child) for index, child in enumerate(node)]


def schema_violations(document: Any, example: Example) -> list[str]:
    """Say how an example violates its schema; formats such as date-time and uuid count."""
    resource = Resource.from_contents(document, default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource(DOCUMENT_URI, resource)
    schema = {"$ref": f"{DOCUMENT_URI}#{example.schema_pointer}"}
    validator = OAS31Validator(
        schema, registry=registry, format_checker=OAS31Validator.FORMAT_CHECKER
    )
    return [error.message for error in validator.iter_errors(example.value)]


def _examples_of(document: Any, place: str, node: dict[str, Any]) -> Iterator[Example]:
    if "example" in node:
        yield Example(f"{place}/example", f"{place}/schema", node["example"])
    for name, example in node.get("examples", {}).items():
        if "$ref" in example:
            example = _target(document, example["$ref"])  # noqa: PLW2901
        yield Example(f"{place}/examples/{name}", f"{place}/schema", example["value"])


def _target(document: Any, reference: str) -> Any:
    for step in reference.removeprefix("#/").split("/"):
        document = document[step]
    return document


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1").replace("%", "%25")
