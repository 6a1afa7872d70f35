"""`mockenv up`: runs an environment on this machine."""

from typing import Annotated

import typer

from mockenv.cli.options import (
    DEFAULT_ENVIRONMENT,
    DEFAULT_SETTINGS_FILE,
    EnvironmentName,
    Json,
    SettingsPath,
)


def up(
    file: SettingsPath = DEFAULT_SETTINGS_FILE,
    env: EnvironmentName = DEFAULT_ENVIRONMENT,
    port: Annotated[
        int, typer.Option("--port", "-p", min=0, max=65535, help="Port to listen on; 0: any.")
    ] = 8080,
    json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Don't show requests.")] = False,
) -> None:
    """Run the mocks of mockenv.yaml on this machine, behind a token check, until Ctrl-C."""
    from mockenv.local.up import run_environment  # noqa: PLC0415

    run_environment(file, env, port=port, as_json=json, quiet=quiet)
