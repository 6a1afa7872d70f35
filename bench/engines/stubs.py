"""WireMock's stub mappings for an OpenAPI document: one for each operation."""

import json
from typing import Any

from bench.engines.openapi_file import resolve
from bench.engines.schema_example import example_of

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def stub_mappings(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a stub per operation, answering its first 2xx response with that one's example.

    Fewer parameters in a path go first, as OpenAPI has it, so `/users/me` is not `/users/{id}`.
    """
    return [
        _stub(path, method, item[method], document)
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    ]


def _stub(
    path: str, method: str, operation: dict[str, Any], document: dict[str, Any]
) -> dict[str, Any]:
    return {
        "priority": 1 + path.count("{"),
        "request": {
            "method": method.upper(),
            "urlPathTemplate" if "{" in path else "urlPath": path,
        },
        "response": _response(operation["responses"], document),
    }


def _response(responses: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    status = next((name for name in responses if str(name).startswith("2")), None)
    if status is None:
        return {"status": 200}
    content = resolve(responses[status], document).get("content", {})
    answer = {"status": int(str(status).replace("X", "0"))}
    if "application/json" not in content:
        return answer
    body = json.dumps(_body(content["application/json"], document), separators=(",", ":"))
    return answer | {"body": body, "headers": {"content-type": "application/json"}}


def _body(content: dict[str, Any], document: dict[str, Any]) -> Any:
    if "example" in content:
        return content["example"]
    for example in content.get("examples", {}).values():
        return resolve(example, document).get("value")
    return example_of(content.get("schema", {}), document)
