"""Reading documents and following their references."""

import json
from pathlib import Path

import pytest

from bench.engines.openapi_file import read_openapi, resolve


@pytest.mark.parametrize("name", ["api.json", "api.yaml"])
def test_json_and_yaml_are_read(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(json.dumps({"info": {"title": "Straße"}}), encoding="utf-8")
    assert read_openapi(file) == {"info": {"title": "Straße"}}


def test_references_are_followed_to_their_end() -> None:
    document = {"a": {"$ref": "#/b/c~1d"}, "b": {"c/d": {"$ref": "#/e"}}, "e": {"f": 1}}
    assert resolve({"$ref": "#/a"}, document) == {"f": 1}
    assert resolve([1], document) == [1]
