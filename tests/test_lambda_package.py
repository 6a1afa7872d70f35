"""Lambda packages: what they hold, that they are the same everywhere, how they fail."""

import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from mockenv.errors import MockenvError
from mockenv.lambda_package import Architecture, LambdaPackage, build_lambda_package
from mockenv.package_installer import InstallError
from package_entries import contents

ROOT = Path(__file__).resolve().parents[1]


class FakeUv:
    """Installs what uv installs, with what differs from run to run; can lack cache or network."""

    def __init__(self, *, cached: bool = True, network: bool = True) -> None:
        self.calls: list[list[str]] = []
        self._cached = cached
        self._network = network

    def __call__(self, arguments: Sequence[str]) -> None:
        self.calls.append(list(arguments))
        if not (self._cached if "--offline" in arguments else self._network):
            raise InstallError("no solution found")
        target = Path(arguments[arguments.index("--target") + 1])
        self._install(target)

    def _install(self, target: Path) -> None:
        files = {
            "library/__init__.py": "VALUE = 1",
            "library/__pycache__/__init__.cpython-313.pyc": str(target),
            "library/nested/__pycache__/module.cpython-313.pyc": str(target),
            "library-1.0.dist-info/METADATA": "Name: library",
            "library-1.0.dist-info/licenses/LICENSE": "MIT",
            "library-1.0.dist-info/RECORD": f"{target},{len(self.calls)}",
            "library-1.0.dist-info/INSTALLER": "uv",
            "library-1.0.dist-info/REQUESTED": "",
            "library-1.0.dist-info/direct_url.json": f'{{"url": "{target}"}}',
            "bin/program": f"#!{target}/python",
            ".lock": "",
        }
        for name, content in files.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
            path.chmod(0o777)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source" / "my_function"
    (folder / "inner").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "handler.py").write_text("import library")
    (folder / "inner" / "rules.json").write_text("{}")
    (folder / "requirements.txt").write_text("# locked\nlibrary==1.0 --hash=sha256:00\n")
    return folder


def build(
    source: Path,
    output_root: Path,
    uv: FakeUv,
    architecture: Architecture = "arm64",
    python_version: str = "3.13",
) -> LambdaPackage:
    return build_lambda_package(
        source,
        source / "requirements.txt",
        output_root,
        architecture=architecture,
        python_version=python_version,
        installer=uv,
    )


def test_a_package_has_the_source_as_a_package_and_its_libraries(
    source: Path, tmp_path: Path
) -> None:
    package = build(source, tmp_path / "out", FakeUv())
    assert package.path.name == f"my_function-arm64-{package.sha256[:12]}"
    files = {name for name, entry in contents(package.path).items() if entry[0] or "init" in name}
    assert files == {
        "my_function/__init__.py",
        "my_function/handler.py",
        "my_function/inner/rules.json",
        "library/__init__.py",
        "library-1.0.dist-info/METADATA",
        "library-1.0.dist-info/licenses/LICENSE",
    }


@pytest.mark.parametrize(
    "name", ["__pycache__/handler.pyc", "stray.pyc", ".DS_Store", "tests/test_it.py", ".cache/x"]
)
def test_what_is_no_source_changes_nothing(source: Path, tmp_path: Path, name: str) -> None:
    before = build(source, tmp_path / "one", FakeUv())
    (source / name).parent.mkdir(exist_ok=True)
    (source / name).write_text("stray")
    after = build(source, tmp_path / "two", FakeUv())
    assert after.sha256 == before.sha256
    assert contents(after.path) == contents(before.path)


def test_two_builds_in_different_places_are_the_same(source: Path, tmp_path: Path) -> None:
    one = build(source, tmp_path / "one", FakeUv())
    (source / "handler.py").chmod(0o600)
    (source / "handler.py").touch()
    two = build(source, tmp_path / "elsewhere" / "two", FakeUv())
    assert one.sha256 == two.sha256
    assert contents(one.path) == contents(two.path)


def test_lambda_can_read_everything_and_write_nothing_of_others(
    source: Path, tmp_path: Path
) -> None:
    package = build(source, tmp_path / "out", FakeUv())
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in package.path.rglob("*")}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_the_archive_holds_what_the_folder_holds_and_is_the_same_anywhere(
    source: Path, tmp_path: Path
) -> None:
    one, other = (build(source, tmp_path / name, FakeUv()) for name in ("one", "other"))
    with zipfile.ZipFile(one.archive) as archive:
        packed = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        assert {entry.external_attr >> 16 & 0o777 for entry in archive.infolist()} == {0o644}
    files = (path for path in one.path.rglob("*") if path.is_file())
    assert packed == {path.relative_to(one.path).as_posix(): path.read_bytes() for path in files}
    assert one.archive.read_bytes() == other.archive.read_bytes()


def test_a_package_whose_archive_is_gone_is_built_again(source: Path, tmp_path: Path) -> None:
    build(source, tmp_path, FakeUv()).archive.unlink()
    assert build(source, tmp_path, FakeUv()).archive.is_file()


def test_a_package_that_is_there_is_used_at_once(source: Path, tmp_path: Path) -> None:
    uv = FakeUv()
    first = build(source, tmp_path / "out", uv)
    again = build(source, tmp_path / "out", FakeUv(cached=False, network=False))
    assert again == first
    assert len(uv.calls) == 1


def change_source(source: Path) -> None:
    (source / "handler.py").write_text("import library as other")


def rename_source(source: Path) -> None:
    (source / "handler.py").rename(source / "handler2.py")


def move_files_into_one(source: Path) -> None:
    """Names and bytes in one row stay the same."""
    (source / "__init__.py").write_text("handler.pyimport libraryinner/rules.json{}")
    (source / "handler.py").unlink()
    (source / "inner" / "rules.json").unlink()


def change_requirements(source: Path) -> None:
    (source / "requirements.txt").write_text("library==1.0 --hash=sha256:01\n")


@pytest.mark.parametrize(
    "change", [change_source, rename_source, move_files_into_one, change_requirements]
)
def test_every_ingredient_changes_the_digest(
    source: Path, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    before = build(source, tmp_path / "out", FakeUv())
    change(source)
    assert build(source, tmp_path / "out", FakeUv()).sha256 != before.sha256


def test_platform_and_python_version_change_the_digest(source: Path, tmp_path: Path) -> None:
    digests = {
        build(source, tmp_path / "out", FakeUv()).sha256,
        build(source, tmp_path / "out", FakeUv(), architecture="x86_64").sha256,
        build(source, tmp_path / "out", FakeUv(), python_version="3.14").sha256,
    }
    assert len(digests) == 3


@pytest.mark.parametrize(
    ("architecture", "platform"),
    [("arm64", "aarch64-manylinux2014"), ("x86_64", "x86_64-manylinux2014")],
)
def test_only_locked_wheels_for_the_platform_are_asked_for(
    source: Path, tmp_path: Path, architecture: Architecture, platform: str
) -> None:
    uv = FakeUv()
    build(source, tmp_path / "out", uv, architecture=architecture)
    (call,) = uv.calls
    assert call[call.index("--python-platform") + 1] == platform
    assert call[call.index("--python-version") + 1] == "3.13"
    assert call[call.index("--only-binary") + 1] == ":all:"
    assert {"--require-hashes", "--offline"} <= set(call)


def test_the_network_is_asked_only_after_the_cache(source: Path, tmp_path: Path) -> None:
    uv = FakeUv(cached=False)
    assert build(source, tmp_path / "out", uv).path.is_dir()
    assert ["--offline" in call for call in uv.calls] == [True, False]


def test_without_cache_and_network_the_next_step_is_said_and_nothing_is_left(
    source: Path, tmp_path: Path
) -> None:
    with pytest.raises(MockenvError, match="no solution found") as error:
        build(source, tmp_path / "out", FakeUv(cached=False, network=False))
    assert "requirements.txt" in error.value.message
    assert "make setup" in error.value.next_step
    assert list((tmp_path / "out").iterdir()) == []


def test_requirements_without_a_package_need_no_installer(source: Path, tmp_path: Path) -> None:
    (source / "requirements.txt").write_text("# nothing but the standard library\n\n")
    uv = FakeUv()
    package = build(source, tmp_path / "out", uv)
    assert uv.calls == []
    assert [path.name for path in package.path.iterdir()] == ["my_function"]


def test_a_package_that_another_process_made_meanwhile_is_used(
    source: Path, tmp_path: Path
) -> None:
    class Overtaken(FakeUv):
        def __call__(self, arguments: Sequence[str]) -> None:
            self.overtaker = build(source, tmp_path / "out", FakeUv())
            super().__call__(arguments)

    uv = Overtaken()
    assert build(source, tmp_path / "out", uv) == uv.overtaker
    assert set((tmp_path / "out").iterdir()) == {uv.overtaker.path, uv.overtaker.archive}


def test_building_is_light_to_import() -> None:
    output = subprocess.run(
        [sys.executable, "-c", "import mockenv.lambda_package, sys; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert not {"aws_cdk", "pydantic", "typer", "yaml", "boto3"} & set(output)
