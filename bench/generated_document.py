"""An OpenAPI document with as many operations as wanted, alike but for their paths."""

from typing import Any

SCHEMA = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "integer"},
        "name": {"type": "string", "maxLength": 40},
        "labels": {"type": "array", "items": {"type": "string"}},
    },
}
EXAMPLE = {"id": 7, "name": "seven", "labels": ["odd", "prime"]}
ITEM_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
LIMIT = {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}}
SEARCH = {"name": "search", "in": "query", "schema": {"type": "string", "maxLength": 100}}
CONTENT = {"application/json": {"schema": SCHEMA, "example": EXAMPLE}}
ANSWER = {"description": "An item", "content": CONTENT}
OPERATIONS_PER_RESOURCE = 5


def generated_document(operations: int) -> dict[str, Any]:
    """Return a document of five operations per resource; `operations` is a multiple of five."""
    paths: dict[str, Any] = {}
    for resource in range(operations // OPERATIONS_PER_RESOURCE):
        paths |= _resource(f"/resource-{resource}")
    return {
        "openapi": "3.0.3",
        "info": {"title": f"{operations} operations", "version": "1"},
        "paths": paths,
    }


def middle_path(operations: int) -> str:
    """Return the path of one item in the middle of a generated document."""
    return f"/resource-{operations // OPERATIONS_PER_RESOURCE // 2}/7"


def _resource(path: str) -> dict[str, Any]:
    takes = {"requestBody": {"required": True, "content": CONTENT}}
    answers = {"responses": {"200": ANSWER}}
    return {
        path: {"get": {"parameters": [LIMIT, SEARCH], **answers}, "post": takes | answers},
        f"{path}/{{id}}": {
            "parameters": [ITEM_ID],
            "get": {"parameters": [LIMIT, SEARCH], **answers},
            "put": takes | answers,
            "delete": {"responses": {"200": ANSWER}},
        },
    }
