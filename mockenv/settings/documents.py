"""Looks at the files that mocks name: are they there, and are they what the engine needs?"""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from mockenv.settings.expectations import Mistake, find_mistakes
from mockenv.settings.model import Engine, Mock
from mockenv.settings.sizes import MockLoad
from mockenv.settings.yaml_loader import TextLoader, check_nesting

LARGEST_SOURCE_BYTES = 50_000_000
LARGEST_EXPECTATIONS_BYTES = 10_000_000  # as much as MockServer takes in one request
MOST_MISTAKES = 20  # of one file that are told at once
DEEPEST_NESTING = 300
SUPPORTED_SWAGGER = re.compile(r"2\.0")
SUPPORTED_OPENAPI = re.compile(r"3\.[01]\.\d+.*")


class DocumentError(Exception):
    """A source file that can't be used: `wrong` says what is wrong, `right` what would be right.

    `mistakes` holds all such pairs of a file that has several; the first is told above.
    """

    def __init__(self, wrong: str, right: str, more: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.right = right
        self.mistakes = ((wrong, right), *more)


def inspect_source(mock: Mock, folder: Path) -> MockLoad:
    """Check a mock's source file, relative to the settings file's folder; return what it weighs.

    Raises DocumentError if it is missing, broken, or of another kind than the engine serves.
    """
    if mock.engine is Engine.PRISM:
        return read_openapi(folder / mock.source, mock.source)[1]
    text = _load_text(folder / mock.source, mock.source, LARGEST_EXPECTATIONS_BYTES)
    _check_expectations(text, mock.source)
    return MockLoad(mock.engine, len(text.encode()))


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


def _check_expectations(text: str, name: str) -> None:
    try:
        mistakes = find_mistakes(text, _parse_json(text, name))
    except RecursionError as error:
        raise _unreadable(error, name) from error
    if mistakes:
        first, *more = [_told(mistake, name) for mistake in mistakes[:MOST_MISTAKES]]
        raise DocumentError(*first, more)


def _told(mistake: Mistake, name: str) -> tuple[str, str]:
    key = f"{mistake.key}: " if mistake.key else ""
    return f"{name}:{mistake.line}: {key}{mistake.wrong}", mistake.right


def _load(file: Path, name: str) -> tuple[Any, int]:
    text = _load_text(file, name, LARGEST_SOURCE_BYTES)
    return parse_document(text, file, name), len(text.encode())


def _load_text(file: Path, name: str, largest_bytes: int) -> str:
    try:
        return _read(file, name, largest_bytes)
    except UnicodeDecodeError as error:
        raise DocumentError(f"{name} is not UTF-8 text", "save it as UTF-8 text") from error
    except OSError as error:
        wrong = f"{name} can't be read ({error.strerror})"
        raise DocumentError(wrong, "check its name and who may read it") from error


def _read(file: Path, name: str, largest_bytes: int) -> str:
    if file.is_dir():
        raise DocumentError(f"{name} is a folder", "name the file in it")
    if not file.is_file():
        raise DocumentError(f"{name} does not exist", f"expected at {file}")
    if file.stat().st_size > largest_bytes:
        limit = f"at most {largest_bytes // 1_000_000} MB are read"
        raise DocumentError(f"{name} is too large", limit)
    return file.read_text(encoding="utf-8-sig")


def parse_document(text: str, file: Path, name: str) -> Any:
    """Parse text as JSON or YAML by its file's ending; raises DocumentError with the line.

    Scalars of YAML stay text: an example may be a date that does not exist, which is the API's own
    business.
    """
    if file.suffix == ".json":
        return _parse_json(text, name)
    try:
        check_nesting(text, DEEPEST_NESTING)
        return yaml.load(text, Loader=TextLoader)  # noqa: S506 (safer than the safe one)
    except (RecursionError, ValueError) as error:
        raise _unreadable(error, name) from error
    except yaml.YAMLError as error:
        raise _broken_yaml(error, name) from error


def _parse_json(text: str, name: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        wrong = f"{name}:{error.lineno}: is not valid JSON: {error.msg}"
        raise DocumentError(wrong, f"correct line {error.lineno} of {name}") from error
    except (RecursionError, ValueError) as error:
        raise _unreadable(error, name) from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _unreadable(error: Exception, name: str) -> DocumentError:
    wrong = f"{name} holds what can't be read: {error}"
    return DocumentError(wrong, "nest less deeply, write shorter numbers")


def _broken_yaml(error: yaml.YAMLError, name: str) -> DocumentError:
    mark, reason = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    line = mark.line + 1 if mark else 1
    wrong = f"{name}:{line}: is not valid YAML: {reason or error}"
    return DocumentError(wrong, f"correct line {line} of {name}")
