"""Examples of schemas that state none."""

from typing import Any

import pytest

from bench.engines.schema_example import example_of

DOCUMENT: dict[str, Any] = {
    "components": {
        "schemas": {
            "a/b": {"type": "string"},
            "node": {
                "type": "object",
                "properties": {"next": {"$ref": "#/components/schemas/node"}},
            },
        }
    }
}


@pytest.mark.parametrize(
    ("schema", "example"),
    [
        ({"type": "string"}, "string"),
        ({"type": ["integer", "null"]}, 0),
        ({"type": "boolean"}, True),
        ({"type": "string", "enum": ["b", "a"]}, "b"),
        ({"type": "string", "default": None}, None),
        ({"type": "integer", "example": 5, "default": 6}, 5),
        ({"type": "integer", "examples": [7, 8]}, 7),
        ({"type": "array", "items": {"type": "number"}}, [0]),
        ({"oneOf": [{"const": 1}, {"const": 2}]}, 1),
        ({"allOf": [{"properties": {"a": {"const": 1}}}, {"properties": {"b": {}}}]},
         {"a": 1, "b": None}),
        ({"$ref": "#/components/schemas/a~1b"}, "string"),
        ({}, None),
        (True, None),
    ],
)  # fmt: skip
def test_an_example_has_the_shape_of_its_schema(schema: Any, example: Any) -> None:
    assert example_of(schema, DOCUMENT) == example


def test_a_schema_that_contains_itself_ends() -> None:
    example = example_of({"$ref": "#/components/schemas/node"}, DOCUMENT)
    depth = 0
    while example is not None:
        example, depth = example["next"], depth + 1
    assert depth > 1
