"""A folder with the files that settings name, and a way to ask what is wrong with a text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mockenv.settings.problems import Problem, SettingsError
from mockenv.settings.resolve import load_settings

DOCUMENT = "openapi: 3.1.0\ninfo: {title: Core, version: '1'}\npaths: {}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "core.yaml").write_text(DOCUMENT)
    (tmp_path / "ledger.json").write_text("[]")
    return tmp_path


@pytest.fixture
def settings_file(folder: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        file = folder / "mockenv.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def problems(settings_file: Callable[[str], Path]) -> Callable[[str], tuple[Problem, ...]]:
    def found(text: str) -> tuple[Problem, ...]:
        with pytest.raises(SettingsError) as caught:
            load_settings(settings_file(text))
        assert caught.value.exit_code == 2
        return caught.value.problems

    return found


@pytest.fixture
def problem(problems: Callable[[str], tuple[Problem, ...]]) -> Callable[[str], Problem]:
    def only(text: str) -> Problem:
        found = problems(text)
        assert len(found) == 1, found
        return found[0]

    return only
