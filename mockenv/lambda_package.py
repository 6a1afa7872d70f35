"""Lambda packages without Docker: locked wheels for Lambda's platform plus our own source.

A package is a folder named after everything that goes into it, so the same input is built once
and then found in milliseconds: `build_lambda_package` is on the way of every synth. The same
input gives the same bytes on every machine.

`python -m mockenv.lambda_package` builds the token validator's package ahead of the first synth;
`python -m mockenv.lambda_package x86_64` the one that only tests look at.
"""

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from mockenv.package_contents import copy_source, make_reproducible, pack, source_files
from mockenv.package_installer import RunUv, install_wheels, run_uv

Architecture = Literal["arm64", "x86_64"]

PYTHON_VERSION = "3.13"
PLATFORMS: dict[Architecture, str] = {
    "arm64": "aarch64-manylinux2014",
    "x86_64": "x86_64-manylinux2014",
}
# To be counted up when package_contents changes what it leaves out or sets.
_LAYOUT_VERSION = "2"
_FOLDER_DIGEST_CHARACTERS = 12


class LambdaPackage(NamedTuple):
    """A folder to be used as a Lambda's code, and the digest (hex) of all that it is made of."""

    path: Path
    sha256: str

    @property
    def archive(self) -> Path:
        """The folder as a zip archive, beside it: one file is sooner handed on than a hundred."""
        return self.path.with_name(f"{self.path.name}.zip")


def build_lambda_package(
    source_dir: Path,
    requirements: Path,
    output_root: Path,
    *,
    architecture: Architecture,
    python_version: str = PYTHON_VERSION,
    installer: RunUv = run_uv,
) -> LambdaPackage:
    """The package of `source_dir` (as a Python package of its name) with its `requirements`.

    It lies under `output_root` and is built only if it is not there yet. Requirements that name
    no package install nothing. Raises MockenvError if the wheels can't be had.
    """
    parts = (_LAYOUT_VERSION, architecture, python_version)
    digest = _digest(source_dir, requirements.read_bytes(), parts)
    name = f"{source_dir.name}-{architecture}-{digest[:_FOLDER_DIGEST_CHARACTERS]}"
    package = LambdaPackage(output_root / name, digest)
    if package.path.is_dir() and package.archive.is_file():
        return package
    installation = _Installation(requirements, PLATFORMS[architecture], python_version, installer)
    _build(source_dir, installation, package)
    return package


class _Installation(NamedTuple):
    requirements: Path
    platform: str
    python_version: str
    run_uv: RunUv

    def into(self, folder: Path) -> None:
        if _names_packages(self.requirements):
            install_wheels(
                self.requirements,
                folder,
                platform=self.platform,
                python_version=self.python_version,
                run_uv=self.run_uv,
            )


def _build(source_dir: Path, installation: _Installation, package: LambdaPackage) -> None:
    """Builds beside the package's place, so that it appears there only when it is whole."""
    target = package.path
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".building-", dir=target.parent) as workspace:
        draft = Path(workspace) / target.name
        draft.mkdir()
        installation.into(draft)
        copy_source(source_dir, draft / source_dir.name)
        make_reproducible(draft)
        archive = Path(workspace) / "archive.zip"
        pack(draft, archive)
        archive.replace(package.archive)
        _publish(draft, target)


def _digest(source_dir: Path, requirements: bytes, parts: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for item in _ingredients(source_dir, requirements, parts):
        digest.update(len(item).to_bytes(8, "big") + item)
    return digest.hexdigest()


def _ingredients(source_dir: Path, requirements: bytes, parts: tuple[str, ...]) -> Iterator[bytes]:
    yield from (part.encode("utf-8") for part in (*parts, source_dir.name))
    yield requirements
    for file in source_files(source_dir):
        yield file.as_posix().encode("utf-8")
        yield (source_dir / file).read_bytes()


def _names_packages(requirements: Path) -> bool:
    lines = (line.strip() for line in requirements.read_text(encoding="utf-8").splitlines())
    return any(line and not line.startswith("#") for line in lines)


def _publish(draft: Path, target: Path) -> None:
    """Renames a whole package into place; one that another process made meanwhile is the same."""
    try:
        draft.rename(target)
    except OSError:
        if not target.is_dir():
            raise
        shutil.rmtree(draft)


def main(architecture: Architecture = "arm64") -> None:
    """Builds the token validator's package, by default for the architecture of the stacks."""
    root = Path(__file__).resolve().parents[1]
    source_dir = root / "lambda_src" / "token_validator"
    package = build_lambda_package(
        source_dir,
        source_dir / "requirements.txt",
        root / ".build" / "lambda",
        architecture=architecture,
    )
    print(package.path.relative_to(root))


if __name__ == "__main__":
    main("x86_64" if sys.argv[1:] == ["x86_64"] else "arm64")
