"""Copies the remote files that documents refer to, as far as the settings allow it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mockenv import remote_refs
from mockenv.references import (
    bad_reference,
    copy_for,
    file_references,
    local_target,
    place_of,
)
from mockenv.settings.model import Engine
from mockenv.settings.resolve import MockSettings

Download = Callable[[str], bytes]


@dataclass(frozen=True)
class Fetched:
    """A remote file and its copy; `change` is new, changed or same."""

    url: str
    file: Path
    bytes: int
    change: str


def fetch(mocks: Iterable[MockSettings], download: Download) -> list[Fetched]:
    """Download what the mocks' documents refer to, and write it once all of it is there.

    Raises MockenvError, and writes nothing, for a file that is not allowed or can't be had.
    """
    copies: dict[Path, tuple[str, bytes]] = {}
    for mock in mocks:
        if mock.engine is Engine.PRISM:
            copies |= _Search(mock, download, copies).run()
    return [_write(file, url, content) for file, (url, content) in sorted(copies.items())]


class _Search:
    """Goes from a mock's document to all that it refers to; knows what others have found."""

    def __init__(
        self, mock: MockSettings, download: Download, known: dict[Path, tuple[str, bytes]]
    ) -> None:
        self._mock = mock
        self._download = download
        self._copies = dict(known)
        self._seen: set[Path] = set()

    def run(self) -> dict[Path, tuple[str, bytes]]:
        waiting = [self._mock.source]
        while waiting:
            file = waiting.pop()
            if file not in self._seen:
                self._seen.add(file)
                waiting += self._targets(file)
        return self._copies

    def _targets(self, file: Path) -> Iterator[Path]:
        content = self._copies[file][1] if file in self._copies else file.read_bytes()
        for reference in file_references(content, file):
            url = remote_refs.resolve(reference, place_of(file, self._mock))
            if url is None:
                yield local_target(self._mock, file, reference)
            else:
                yield self._copied(file, url)

    def _copied(self, file: Path, url: str) -> Path:
        copy = copy_for(self._mock, file, url)
        if not remote_refs.is_allowed(url, self._mock.remote_refs):
            message = f"mock {self._mock.name}: {file.name} refers to {url}, which is not allowed"
            raise bad_reference(
                message, f"add it, or its folder with a slash, to remote_refs of {self._mock.name}"
            )
        if copy not in self._copies:
            self._copies[copy] = (url, self._download(url))
        return copy


def _write(file: Path, url: str, content: bytes) -> Fetched:
    before = file.read_bytes() if file.is_file() else None
    if before != content:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{file.name}.part")
        part.write_bytes(content)
        part.replace(file)
    change = "new" if before is None else "same" if before == content else "changed"
    return Fetched(url, file, len(content), change)
