"""Finds the `$ref`s of documents that lead to other files, and the files that they lead to."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from mockenv import remote_refs
from mockenv.errors import ExitCode, MockenvError
from mockenv.settings.documents import DocumentError, parse_document
from mockenv.settings.model import Engine
from mockenv.settings.resolve import MockSettings

REFERENCE_WITHIN = re.compile(r"""\$ref["']?[ ]*:[ ]*["']#""")


def files_of(mock: MockSettings) -> dict[str, bytes]:
    """Return a mock's source and all files it refers to, by path relative to its folder.

    Raises MockenvError for a `$ref` that leads out of the folder, nowhere, or to another host
    without a copy of it here.
    """
    folder = mock.source.parent
    found: dict[str, bytes] = {}
    waiting = [mock.source]
    while waiting:
        file = waiting.pop()
        relative = file.relative_to(folder).as_posix()
        if relative in found:
            continue
        found[relative] = content = file.read_bytes()
        if mock.engine is Engine.PRISM:
            references = file_references(content, file)
            waiting += [_target(mock, file, reference) for reference in references]
    return found


def file_references(content: bytes, file: Path) -> Iterator[str]:
    """Yield what a document's `$ref`s say before their `#`, where they say anything.

    `file` names the document in errors, and its ending the format. Raises MockenvError if it can't
    be read.
    """
    try:
        text = content.decode("utf-8-sig")
        if _refers_to_itself_only(text):
            return
        data = parse_document(text, file, file.name)
    except (DocumentError, UnicodeDecodeError) as error:
        raise bad_reference(f"{file.name} can't be read: {error}", "correct the file") from error
    yield from _references_in(data)


def local_target(mock: MockSettings, file: Path, reference: str) -> Path:
    """Return the file that a `$ref` without a host means; raises MockenvError if it may not."""
    where = f"mock {mock.name}: {file.name} refers to {reference}"
    folder = mock.source.parent
    target = (file.parent / unquote(reference)).resolve()
    if not target.is_relative_to(folder.resolve()):
        raise bad_reference(
            f"{where}, which is outside the folder {folder}",
            "move the file into that folder or below it",
        )
    if not target.is_file():
        raise bad_reference(f"{where}, which does not exist", f"expected at {target}")
    return folder / target.relative_to(folder.resolve())


def place_of(file: Path, mock: MockSettings) -> PurePosixPath:
    """Return a file's path relative to its mock's source folder."""
    return PurePosixPath(file.relative_to(mock.source.parent).as_posix())


def copy_for(mock: MockSettings, file: Path, url: str) -> Path:
    """Return where the copy of a remote file lies; raises MockenvError for one that has none."""
    try:
        return mock.source.parent / remote_refs.copy_of(url)
    except remote_refs.RemoteReferenceError as error:
        message = f"mock {mock.name}: {file.name} refers to {url}, {error}"
        raise bad_reference(message, "copy that file beside yours and refer to the copy") from error


def bad_reference(message: str, next_step: str) -> MockenvError:
    """Make the error of a document that refers to what can't be had."""
    return MockenvError(message, next_step=next_step, exit_code=ExitCode.BAD_INPUT)


def _target(mock: MockSettings, file: Path, reference: str) -> Path:
    url = remote_refs.resolve(reference, place_of(file, mock))
    if url is None:
        return local_target(mock, file, reference)
    copy = copy_for(mock, file, url)
    if not copy.is_file():
        raise bad_reference(
            f"mock {mock.name}: {file.name} refers to {url}, which is on another host and has no "
            "copy here",
            f"allow it under remote_refs of the mock {mock.name}, then run mockenv fetch",
        )
    return copy


def _refers_to_itself_only(text: str) -> bool:
    """Tell, without parsing, that every `$ref` plainly points into its own file.

    A `$ref` that is written in any other way, or with escapes, gives False.
    """
    escaped = "\\u0024" in text or "\\x24" in text
    return not escaped and text.count("$ref") == len(REFERENCE_WITHIN.findall(text))


def _references_in(data: Any) -> Iterator[str]:
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
