"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

SettingsPath = Annotated[Path, typer.Option("--file", "-f", help="The settings file.")]
EnvironmentName = Annotated[str, typer.Option("--env", "-e", help="Name of the environment.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs.")]

DEFAULT_SETTINGS_FILE = Path("mockenv.yaml")
