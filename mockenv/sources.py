"""Brings an environment's mock sources together in one folder, in the form of the config bucket.

The folder holds `environment.json`, `mocks/<name>/…` (the source file of each mock with the files
that it refers to) and `manifest.json` (all of these with their digests). The same input gives the
same bytes, so its digest serves as version.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from mockenv.errors import ExitCode, MockenvError
from mockenv.mock_host_config import mock_host_config, task_ports
from mockenv.settings.documents import DocumentError, parse_document
from mockenv.settings.model import Engine
from mockenv.settings.resolve import EnvironmentSettings, MockSettings

CONFIG_FILE = "environment.json"
MANIFEST_FILE = "manifest.json"
VERSION_LENGTH = 16
REFERENCE_WITHIN = re.compile(r"""\$ref["']?[ ]*:[ ]*["']#""")


def write_sources(settings: EnvironmentSettings, folder: Path) -> str:
    """Fill an empty folder with an environment's sources and return their version.

    The version is 16 hexadecimal digits of the SHA-256 over all names and bytes. Raises
    MockenvError for a `$ref` that points to another host, outside the source's folder, or nowhere.
    """
    files: dict[str, bytes] = {}
    source_paths = {}
    for mock in settings.mocks:
        own_folder = f"mocks/{mock.name}"
        for relative, content in _files_of(mock).items():
            files[f"{own_folder}/{relative}"] = content
        source_paths[mock.name] = f"{own_folder}/{mock.source.name}"
    config = mock_host_config(
        settings, source_paths=source_paths, sidecar_ports=task_ports(settings)
    )
    files[CONFIG_FILE] = _json(config)
    files[MANIFEST_FILE] = _json(_manifest(files))
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return _version(files)


def _manifest(files: dict[str, bytes]) -> dict[str, Any]:
    """List all files with their digests, so that a task notices a version that is not whole."""
    listed = [{"path": name, "sha256": hashlib.sha256(files[name]).hexdigest()} for name in files]
    return {"files": sorted(listed, key=lambda file: file["path"])}


def _json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, indent=2, sort_keys=True).encode() + b"\n"


def _version(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{len(name)}:{name}:{len(files[name])}:".encode())
        digest.update(files[name])
    return digest.hexdigest()[:VERSION_LENGTH]


def _files_of(mock: MockSettings) -> dict[str, bytes]:
    """Return the mock's source and all files it refers to, by path relative to its folder."""
    folder = mock.source.parent
    found: dict[str, bytes] = {}
    waiting = [mock.source]
    while waiting:
        file = waiting.pop()
        relative = file.relative_to(folder).as_posix()
        if relative in found:
            continue
        found[relative] = file.read_bytes()
        if mock.engine is Engine.PRISM:
            waiting += [_target(mock, file, reference) for reference in _file_references(file)]
    return found


def _target(mock: MockSettings, file: Path, reference: str) -> Path:
    where = f"mock {mock.name}: {file.name} refers to {reference}"
    if urlsplit(reference).scheme:
        raise _bad_reference(f"{where}, which is on another host", "copy that file beside yours")
    target = (file.parent / unquote(reference)).resolve()
    if not target.is_relative_to(mock.source.parent.resolve()):
        raise _bad_reference(
            f"{where}, which is outside the folder {mock.source.parent}",
            "move the file into that folder or below it",
        )
    if not target.is_file():
        raise _bad_reference(f"{where}, which does not exist", f"expected at {target}")
    return mock.source.parent / target.relative_to(mock.source.parent.resolve())


def _bad_reference(message: str, next_step: str) -> MockenvError:
    return MockenvError(message, next_step=next_step, exit_code=ExitCode.BAD_INPUT)


def _refers_to_itself_only(text: str) -> bool:
    """Tell, without parsing, that every `$ref` plainly points into its own file.

    A `$ref` that is written in any other way, or with escapes, gives False.
    """
    escaped = "\\u0024" in text or "\\x24" in text
    return not escaped and text.count("$ref") == len(REFERENCE_WITHIN.findall(text))


def _file_references(file: Path) -> Iterator[str]:
    try:
        text = file.read_text(encoding="utf-8-sig")
        if _refers_to_itself_only(text):
            return
        data = parse_document(text, file, file.name)
    except (DocumentError, UnicodeDecodeError) as error:
        raise _bad_reference(f"{file.name} can't be read: {error}", "correct the file") from error
    seen: set[int] = set()
    waiting: list[Any] = [data]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, dict | list) or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, dict) and isinstance(reference := node.get("$ref"), str):
            path = reference.partition("#")[0]
            if path:
                yield path
        waiting.extend(node.values() if isinstance(node, dict) else node)
