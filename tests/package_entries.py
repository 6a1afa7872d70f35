"""What a Lambda package's folder holds, to compare two of them."""

import stat
from pathlib import Path


def contents(folder: Path) -> dict[str, tuple[bytes, int, float]]:
    """Bytes, mode and time of every entry."""
    return {
        path.relative_to(folder).as_posix(): (
            path.read_bytes() if path.is_file() else b"",
            stat.S_IMODE(path.stat().st_mode),
            path.stat().st_mtime,
        )
        for path in [folder, *folder.rglob("*")]
    }
