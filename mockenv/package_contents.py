"""What goes into a Lambda package, and what is removed so that it is the same everywhere."""

import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

# Where they differ between machines and runs, nothing on Lambda reads them: what the installer
# notes for itself (PyPA "Recording installed projects"), command line programs with the path of
# an interpreter, compiled files that carry times.
_INSTALLER_NOTES = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json")
_EARLIEST_ZIP_TIME = 315_532_800  # 1980-01-01, where the zip format's calendar begins


def source_files(source_dir: Path) -> list[Path]:
    """The files of a package's source, relative, in a fixed order."""
    files = (path.relative_to(source_dir) for path in source_dir.rglob("*") if path.is_file())
    return sorted((file for file in files if _is_source(file)), key=lambda file: file.as_posix())


def _is_source(file: Path) -> bool:
    if file.name == "requirements.txt" or file.suffix == ".pyc":
        return False
    return not any(part.startswith(".") or part in ("__pycache__", "tests") for part in file.parts)


def copy_source(source_dir: Path, target_dir: Path) -> None:
    """Copies the source's files to `target_dir`, which is made."""
    for file in source_files(source_dir):
        target = target_dir / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source_dir / file, target)


def make_reproducible(folder: Path) -> None:
    """Removes what differs between two builds, then gives all entries the same modes and times."""
    shutil.rmtree(folder / "bin", ignore_errors=True)
    (folder / ".lock").unlink(missing_ok=True)
    for cache in list(folder.rglob("__pycache__")):
        shutil.rmtree(cache)
    for dist_info in folder.glob("*.dist-info"):
        for name in _INSTALLER_NOTES:
            (dist_info / name).unlink(missing_ok=True)
    for path in _children_first(folder):
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.utime(path, (_EARLIEST_ZIP_TIME, _EARLIEST_ZIP_TIME))


def pack(folder: Path, archive: Path) -> None:
    """Writes a folder that was made reproducible as a zip archive, in a fixed order."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(folder).as_posix())
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = file.stat().st_mode << 16
            zipped.writestr(entry, file.read_bytes())


def _children_first(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder, topdown=False):
        yield from (Path(parent) / name for name in names)
        yield Path(parent)
