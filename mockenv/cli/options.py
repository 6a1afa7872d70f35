"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from mockenv.names import LOCAL_ENVIRONMENT

SettingsPath = Annotated[Path, typer.Option("--file", "-f", help="The settings file.")]
EnvironmentName = Annotated[str, typer.Option("--env", "-e", help="Name of the environment.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs.")]

DEFAULT_SETTINGS_FILE = Path("mockenv.yaml")
DEFAULT_ENVIRONMENT = LOCAL_ENVIRONMENT
Profile = Annotated[str | None, typer.Option("--profile", help="Profile of the AWS CLI.")]
# boto3 itself reads AWS_DEFAULT_REGION and profiles, but not this one, as the CLIs of AWS do.
Region = Annotated[str | None, typer.Option("--region", envvar="AWS_REGION", help="AWS region.")]
DeployedName = Annotated[str, typer.Argument(metavar="ENVIRONMENT", help="dev, int, pr-123 …")]
WaitSeconds = Annotated[
    int, typer.Option("--wait", min=0, max=900, help="Seconds to wait for all tasks; 0: none.")
]
