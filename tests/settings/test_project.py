"""The project's name, read without the rest of the settings."""

from pathlib import Path

import pytest

from mockenv.errors import ExitCode
from mockenv.settings.problems import SettingsError
from mockenv.settings.project import project_name


def test_the_name_is_read_even_if_the_rest_is_broken(tmp_path: Path) -> None:
    file = tmp_path / "mockenv.yaml"
    file.write_text("project: shop\nmocks: {a: {path: 7}}\n")
    assert project_name(file) == "shop"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mocks: {}\n", "mockenv.yaml:1: project: is missing"),
        ("mocks: {}\nproject: Shop\n", "mockenv.yaml:2: project: can't be a project's name"),
        ("project: 7\n", "can't be a project's name"),
        ("- shop\n", "project: is missing"),
        ("", "project: is missing"),
        ("project: [", "is not valid YAML"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "mockenv.yaml"
    file.write_text(text)
    with pytest.raises(SettingsError) as caught:
        project_name(file)
    assert message in caught.value.message
    assert caught.value.exit_code == ExitCode.BAD_INPUT
