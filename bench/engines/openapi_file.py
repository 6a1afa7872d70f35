"""Reading an OpenAPI document and following its references."""

import json
from pathlib import Path
from typing import Any

import yaml


def read_openapi(file: Path) -> dict[str, Any]:
    """Read a document from JSON or YAML."""
    text = file.read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text) if file.suffix == ".json" else yaml.safe_load(text)
    return document


def resolve(value: Any, document: dict[str, Any]) -> Any:
    """Follow `$ref`s within the document until something else stands there."""
    while isinstance(value, dict) and isinstance(reference := value.get("$ref"), str):
        value = _at(reference, document)
    return value


def _at(reference: str, document: dict[str, Any]) -> Any:
    value: Any = document
    for key in reference.removeprefix("#/").split("/"):
        value = value[key.replace("~1", "/").replace("~0", "~")]
    return value
