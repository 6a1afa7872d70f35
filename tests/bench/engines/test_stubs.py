"""WireMock's stubs for a document."""

import json
from typing import Any

from bench.engines.stubs import stub_mappings

ITEM = {"type": "object", "properties": {"id": {"type": "integer"}}}


def stubs_of(path: str, **item: Any) -> list[dict[str, Any]]:
    document = {"components": {"schemas": {"item": ITEM}}, "paths": {path: item}}
    return stub_mappings(document)


def answering(content: dict[str, Any], status: str = "200") -> dict[str, Any]:
    return {"responses": {status: {"content": {"application/json": content}}}}


def body_of(content: dict[str, Any]) -> Any:
    (stub,) = stubs_of("/items", get=answering(content))
    return json.loads(stub["response"]["body"])


def test_each_operation_gets_a_stub_and_other_keys_of_a_path_none() -> None:
    stubs = stubs_of("/items", get=answering({}), post=answering({}, "201"), parameters=[])
    assert [stub["request"]["method"] for stub in stubs] == ["GET", "POST"]
    assert [stub["response"]["status"] for stub in stubs] == [200, 201]


def test_fewer_parameters_go_first() -> None:
    (literal,) = stubs_of("/users/me", get=answering({}))
    (template,) = stubs_of("/users/{id}", get=answering({}))
    assert literal["request"]["urlPath"] == "/users/me"
    assert template["request"]["urlPathTemplate"] == "/users/{id}"
    assert literal["priority"] < template["priority"]


def test_the_body_is_the_example_else_the_first_of_several_else_made_from_the_schema() -> None:
    schema = {"$ref": "#/components/schemas/item"}
    assert body_of({"schema": schema, "example": {"id": 7}}) == {"id": 7}
    assert body_of({"schema": schema, "examples": {"a": {"value": 8}, "b": {"value": 9}}}) == 8
    assert body_of({"schema": schema}) == {"id": 0}


def test_an_answer_without_json_has_no_body() -> None:
    (stub,) = stubs_of("/items", delete={"responses": {"404": {}, "204": {"description": "gone"}}})
    assert stub["response"] == {"status": 204}


def test_a_range_of_statuses_and_none_at_all() -> None:
    (ranged,) = stubs_of("/items", get={"responses": {"2XX": {}}})
    (default,) = stubs_of("/items", get={"responses": {"default": {}}})
    assert ranged["response"] == default["response"] == {"status": 200}
