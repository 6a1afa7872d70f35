"""Mock sources as CDK packs them: a zip archive, opened with distrust."""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from ttl_cleanup.failure import RefusedError

MOST_FILES = 2_000
MOST_PACKED_BYTES = 100_000_000
MOST_FILE_BYTES = 64_000_000
MOST_BYTES = 256_000_000
LONGEST_NAME = 900
CONFIG_FILE = "environment.json"
MANIFEST_FILE = "manifest.json"
MOCKS_FOLDER = "mocks/"
# What zipfile raises for damaged archives: its own error, and whatever else comes of wrong numbers.
ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    LookupError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


def unpack(archive: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each file's name and content, one in memory at a time.

    Raises RefusedError, before the first file if possible, for an archive that is broken,
    larger than the limits above, or holds a name that sources never have.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            entries = [entry for entry in opened.infolist() if not entry.is_dir()]
            _check(entries)
            for entry in entries:
                yield entry.filename, _content(opened, entry)
    except ARCHIVE_ERRORS as error:
        raise _refused(f"the archive is broken ({error})") from error


def _check(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > MOST_FILES:
        raise _refused(f"{len(names)} files; at most {MOST_FILES} are taken")
    if CONFIG_FILE not in names or len(set(names)) < len(names):
        raise _refused(f"{CONFIG_FILE} is missing, or a name stands there twice")
    for entry in entries:
        _check_entry(entry)
    total = sum(entry.file_size for entry in entries)
    if total > MOST_BYTES:
        raise _refused(f"{total} bytes when unpacked; at most {MOST_BYTES} are taken")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if not _is_source_name(name) or stat.S_ISLNK(entry.external_attr >> 16):
        raise _refused(f"{name[:100]!r} can't be a source's name")
    if entry.file_size > MOST_FILE_BYTES:
        raise _refused(f"{name} has {entry.file_size} bytes; at most {MOST_FILE_BYTES} are taken")


def _is_source_name(name: str) -> bool:
    if len(name.encode()) > LONGEST_NAME or "\\" in name or not name.isprintable():
        return False
    if {"", ".", ".."} & set(name.split("/")):
        return False
    return name in {CONFIG_FILE, MANIFEST_FILE} or name.startswith(MOCKS_FOLDER)


def _content(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Read one file, no further than the size that was checked, whatever the data goes on to."""
    with opened.open(entry) as file:
        return file.read(entry.file_size)


def _refused(reason: str) -> RefusedError:
    return RefusedError(f"the packed mock sources are refused: {reason}")
