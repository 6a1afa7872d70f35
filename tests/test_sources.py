"""The folder of sources that goes to the config bucket."""

import hashlib
import json
from pathlib import Path

import pytest

from builders import environment, mock
from mockenv.errors import ExitCode, MockenvError
from mockenv.settings.model import Engine
from mockenv.sources import write_sources

DOCUMENT = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n"


def refers_to(reference: str) -> str:
    return f"{DOCUMENT}components:\n  schemas:\n    A:\n      $ref: '{reference}'\n"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "core.yaml").write_text(DOCUMENT)
    return folder


def written(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_each_mock_has_a_folder_and_the_config_names_its_file(
    sources: Path, tmp_path: Path
) -> None:
    (sources / "ledger.json").write_text("[]")
    ledger = mock(sources / "ledger.json", "ledger", "/ledger", engine=Engine.MOCKSERVER)
    out = tmp_path / "out"
    write_sources(environment(mock(sources / "core.yaml"), ledger), out)
    assert written(out) == {
        "environment.json",
        "manifest.json",
        "mocks/core/core.yaml",
        "mocks/ledger/ledger.json",
    }
    config = json.loads((out / "environment.json").read_text())
    assert config["mocks"][0]["document"] == "mocks/core/core.yaml"
    assert "gateway" not in config


def test_files_that_are_referred_to_come_along_also_from_those(
    sources: Path, tmp_path: Path
) -> None:
    (sources / "schemas").mkdir()
    (sources / "core.yaml").write_text(refers_to("schemas/a%20b.yaml#/A"))
    (sources / "schemas" / "a b.yaml").write_text("A: {$ref: 'c.json'}\nB: {$ref: '#/A'}\n")
    (sources / "schemas" / "c.json").write_text('{"$ref": "../core.yaml"}')
    out = tmp_path / "out"
    write_sources(environment(mock(sources / "core.yaml")), out)
    assert written(out) == {
        "environment.json",
        "manifest.json",
        "mocks/core/core.yaml",
        "mocks/core/schemas/a b.yaml",
        "mocks/core/schemas/c.json",
    }


@pytest.mark.parametrize(
    "reference",
    [
        "$ref: other.yaml",
        "'$ref': 'other.yaml#/A'",
        '"$ref": "./other.yaml"',
        "$ref:\n        other.yaml",
        "$ref: >-\n        other.yaml",
        '"\\u0024ref": other.yaml',
        '"\\x24ref": other.yaml',
        "? $ref\n      : other.yaml",
        "{$ref: other.yaml}",
    ],
)
def test_however_a_reference_is_written_its_file_comes_along(
    sources: Path, tmp_path: Path, reference: str
) -> None:
    (sources / "other.yaml").write_text("A: {}\n")
    text = f"{DOCUMENT}components:\n  schemas:\n    B: {{$ref: '#/x'}}\n    A:\n      {reference}\n"
    (sources / "core.yaml").write_text(text)
    write_sources(environment(mock(sources / "core.yaml")), tmp_path / "out")
    assert "mocks/core/other.yaml" in written(tmp_path / "out")


def test_the_same_input_has_the_same_version_anywhere(sources: Path, tmp_path: Path) -> None:
    settings = environment(mock(sources / "core.yaml"))
    first, second = write_sources(settings, tmp_path / "1"), write_sources(settings, tmp_path / "2")
    assert first == second
    assert len(first) == 16
    (sources / "core.yaml").write_text(DOCUMENT + "# changed\n")
    assert write_sources(settings, tmp_path / "3") != first


def test_another_path_is_another_version(sources: Path, tmp_path: Path) -> None:
    one = environment(mock(sources / "core.yaml"))
    other = environment(mock(sources / "core.yaml", path="/core"))
    assert write_sources(one, tmp_path / "1") != write_sources(other, tmp_path / "2")


@pytest.mark.parametrize(
    ("reference", "wrong"),
    [
        ("https://example.com/a.yaml#/A", "which is on another host"),
        ("file:///etc/passwd", "which is on another host"),
        ("../secret.yaml", "which is outside the folder"),
        ("/etc/hostname", "which is outside the folder"),
        ("%2e%2e/secret.yaml", "which is outside the folder"),
        ("missing.yaml", "which does not exist"),
    ],
)
def test_references_that_can_t_come_along_are_refused(
    sources: Path, tmp_path: Path, reference: str, wrong: str
) -> None:
    (tmp_path / "secret.yaml").write_text("A: {}\n")
    (sources / "core.yaml").write_text(refers_to(reference))
    with pytest.raises(MockenvError, match=wrong) as caught:
        write_sources(environment(mock(sources / "core.yaml")), tmp_path / "out")
    assert caught.value.exit_code == ExitCode.BAD_INPUT
    assert caught.value.message.startswith("mock core: core.yaml refers to")


def test_a_link_that_leads_out_of_the_folder_is_refused(sources: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("A: {}\n")
    (sources / "inside.yaml").symlink_to(tmp_path / "secret.yaml")
    (sources / "core.yaml").write_text(refers_to("inside.yaml"))
    with pytest.raises(MockenvError, match="outside the folder"):
        write_sources(environment(mock(sources / "core.yaml")), tmp_path / "out")


def test_the_manifest_lists_every_other_file_with_its_digest(sources: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_sources(environment(mock(sources / "core.yaml")), out)
    listed = {
        file["path"]: file["sha256"]
        for file in json.loads((out / "manifest.json").read_text())["files"]
    }
    assert listed == {
        name: hashlib.sha256((out / name).read_bytes()).hexdigest()
        for name in written(out) - {"manifest.json"}
    }
