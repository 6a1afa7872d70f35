"""The project's name and an environment's, for commands that need nothing else of the settings.

They answer at once, and while a document is broken: the model and the documents are not loaded.
"""

from pathlib import Path

from mockenv import names
from mockenv.errors import ExitCode, MockenvError
from mockenv.settings.problems import SettingsError
from mockenv.settings.yaml_source import read_yaml


def project_name(file: Path) -> str:
    """Read the project of a settings file; raises SettingsError if it names none."""
    source = read_yaml(file)
    name = source.data.get("project") if isinstance(source.data, dict) else None
    if isinstance(name, str) and names.PROJECT_FORM.fullmatch(name):
        return name
    wrong = "is missing" if name is None else "can't be a project's name"
    right = "1 to 16 lower-case letters and digits, a letter first"
    raise SettingsError([source.problem(("project",), wrong, right)])


def check_environment_name(name: str) -> None:
    """Raise MockenvError, exit code 2, for a name outside the fixed forms."""
    try:
        names.check_environment_name(name)
    except ValueError as error:
        raise MockenvError(
            f"{name!r} can't be an environment's name: {error}",
            next_step="choose a name such as dev, int or pr-123",
            exit_code=ExitCode.BAD_INPUT,
        ) from error
