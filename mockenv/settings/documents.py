"""Looks at the files that mocks name: are they there, and are they what the engine needs?"""

import json
import re
from pathlib import Path
from typing import Any

import yaml

from mockenv.settings.model import Engine, Mock
from mockenv.settings.sizes import MockLoad
from mockenv.settings.yaml_loader import TextLoader, check_nesting

LARGEST_SOURCE_BYTES = 50_000_000
DEEPEST_NESTING = 300
SUPPORTED_SWAGGER = re.compile(r"2\.0")
SUPPORTED_OPENAPI = re.compile(r"3\.[01]\.\d+.*")


class DocumentError(Exception):
    """A source file that can't be used: `wrong` says what is wrong, `right` what would be right."""

    def __init__(self, wrong: str, right: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.right = right


def inspect_source(mock: Mock, folder: Path) -> MockLoad:
    """Check a mock's source file, relative to the settings file's folder; return what it weighs.

    Raises DocumentError if it is missing, broken, or of another kind than the engine serves.
    """
    if mock.engine is Engine.PRISM:
        return read_openapi(folder / mock.source, mock.source)[1]
    data, size_bytes = _load(folder / mock.source, mock.source)
    _check_expectations(data, mock.source)
    return MockLoad(mock.engine, size_bytes)


def read_openapi(file: Path, name: str) -> tuple[dict[str, Any], MockLoad]:
    """Return an OpenAPI document and what it weighs; `name` is what errors call the file.

    Raises DocumentError if it is missing, broken or not an OpenAPI document.
    """
    data, size_bytes = _load(file, name)
    check_openapi(data, name)
    return data, MockLoad(Engine.PRISM, size_bytes)


def check_openapi(data: Any, name: str) -> None:
    """Raise DocumentError unless the data is an OpenAPI 2.0, 3.0 or 3.1 document."""
    version = _openapi_version(data)
    if version is None:
        wrong = f"{name} is not an OpenAPI document"
        raise DocumentError(wrong, "it needs openapi: 3.x (or swagger: '2.0') at its top")
    supported = SUPPORTED_OPENAPI if "openapi" in data else SUPPORTED_SWAGGER
    if not supported.fullmatch(version):
        wrong = f"{name} says OpenAPI {version}"
        raise DocumentError(wrong, "supported are 2.0, 3.0.x and 3.1.x, as text")
    if not isinstance(data.get("paths", {}), dict) or not isinstance(data.get("info"), dict):
        raise DocumentError(f"{name} has no usable info and paths", "both are keys with values")


def _openapi_version(data: Any) -> str | None:
    if not isinstance(data, dict) or not {"openapi", "swagger"} & set(data):
        return None
    return str(data["openapi"] if "openapi" in data else data["swagger"])


def _check_expectations(data: Any, name: str) -> None:
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        right = "MockServer expectations are a JSON array of objects"
        raise DocumentError(f"{name} does not hold expectations", right)


def _load(file: Path, name: str) -> tuple[Any, int]:
    try:
        text = _read(file, name)
    except UnicodeDecodeError as error:
        raise DocumentError(f"{name} is not UTF-8 text", "save it as UTF-8 text") from error
    except OSError as error:
        wrong = f"{name} can't be read ({error.strerror})"
        raise DocumentError(wrong, "check its name and who may read it") from error
    return parse_document(text, file, name), len(text.encode())


def _read(file: Path, name: str) -> str:
    if file.is_dir():
        raise DocumentError(f"{name} is a folder", "name the file in it")
    if not file.is_file():
        raise DocumentError(f"{name} does not exist", f"expected at {file}")
    if file.stat().st_size > LARGEST_SOURCE_BYTES:
        limit = f"at most {LARGEST_SOURCE_BYTES // 1_000_000} MB are read"
        raise DocumentError(f"{name} is too large", limit)
    return file.read_text(encoding="utf-8-sig")


def parse_document(text: str, file: Path, name: str) -> Any:
    """Parse text as JSON or YAML by its file's ending; raises DocumentError with the line.

    Scalars of YAML stay text: an example may be a date that does not exist, which is the API's own
    business.
    """
    try:
        if file.suffix == ".json":
            return json.loads(text)
        check_nesting(text, DEEPEST_NESTING)
        return yaml.load(text, Loader=TextLoader)  # noqa: S506 (safer than the safe one)
    except json.JSONDecodeError as error:
        wrong = f"{name}:{error.lineno}: is not valid JSON: {error.msg}"
        raise DocumentError(wrong, f"correct line {error.lineno} of {name}") from error
    except (RecursionError, ValueError) as error:
        wrong = f"{name} holds what can't be read: {error}"
        raise DocumentError(wrong, "nest less deeply, write shorter numbers") from error
    except yaml.YAMLError as error:
        raise _broken_yaml(error, name) from error


def _broken_yaml(error: yaml.YAMLError, name: str) -> DocumentError:
    mark, reason = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    line = mark.line + 1 if mark else 1
    wrong = f"{name}:{line}: is not valid YAML: {reason or error}"
    return DocumentError(wrong, f"correct line {line} of {name}")
