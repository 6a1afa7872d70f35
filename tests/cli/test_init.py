"""`mockenv init`, called as the program calls it."""

from pathlib import Path

import pytest

from mockenv.cli.main import main
from mockenv.settings.resolve import load_settings

DOCUMENT = "openapi: 3.1.0\ninfo: {title: Core API, version: '1'}\npaths: {}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "core.yaml").write_text(DOCUMENT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> int | str | None:
    with pytest.raises(SystemExit) as ended:
        main(["init", *arguments])
    return ended.value.code


def test_it_writes_a_file_that_loads_and_says_how_to_go_on(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("core.yaml") == 0
    assert load_settings(folder / "mockenv.yaml").settings.project == "core"
    output = capsys.readouterr()
    assert output.out == "mockenv.yaml\n"
    assert "mockenv up\n" in output.err
    assert "mockenv schema > mockenv.schema.json" in output.err


def test_nothing_else_is_left_in_the_folder(folder: Path) -> None:
    assert run("core.yaml") == 0
    assert {path.name for path in folder.iterdir()} == {"core.yaml", "mockenv.yaml"}


def test_a_file_that_is_there_stays_as_it_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "mockenv.yaml").write_text("mine\n")
    assert run("core.yaml") == 2
    assert (folder / "mockenv.yaml").read_text() == "mine\n"
    output = capsys.readouterr()
    assert output.out == ""
    assert "mockenv.yaml is there already" in output.err
    assert "--force" in output.err


def test_force_replaces_it(folder: Path) -> None:
    (folder / "mockenv.yaml").write_text("mine\n")
    assert run("core.yaml", "--force") == 0
    assert load_settings(folder / "mockenv.yaml").settings.project == "core"


def test_force_with_a_bad_document_replaces_nothing(folder: Path) -> None:
    (folder / "mockenv.yaml").write_text("mine\n")
    (folder / "core.yaml").write_text("not openapi\n")
    assert run("core.yaml", "--force") == 2
    assert (folder / "mockenv.yaml").read_text() == "mine\n"


def test_another_file_and_project(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "my mocks").mkdir()
    assert run("core.yaml", "--file", "my mocks/shop.yaml", "--project", "shop") == 0
    loaded = load_settings(folder / "my mocks" / "shop.yaml").settings
    assert (loaded.project, loaded.mocks["core"].spec) == ("shop", "../core.yaml")
    output = capsys.readouterr()
    assert output.out == "my mocks/shop.yaml\n"
    assert "mockenv up --file 'my mocks/shop.yaml'" in output.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone.yaml"], "gone.yaml does not exist"),
        (["core.yaml", "--project", "My-Shop"], "'My-Shop' can't be a project's name"),
        (["core.yaml", "--file", "gone/mockenv.yaml"], "gone/mockenv.yaml can't be written"),
        (["core.yaml", "--file", ".", "--force"], ". is a folder"),
    ],
)
def test_bad_input_ends_with_2_and_says_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run(*arguments) == 2
    assert {path.name for path in folder.iterdir()} == {"core.yaml"}
    output = capsys.readouterr()
    assert output.out == ""
    assert said in output.err
    assert "  → " in output.err
    assert "Traceback" not in output.err
