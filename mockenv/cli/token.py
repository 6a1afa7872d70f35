"""`mockenv token`: a token for an environment that runs locally."""

from typing import Annotated

import typer

from mockenv.cli.options import (
    DEFAULT_ENVIRONMENT,
    DEFAULT_SETTINGS_FILE,
    EnvironmentName,
    Json,
    SettingsPath,
)


def token(
    file: SettingsPath = DEFAULT_SETTINGS_FILE,
    env: EnvironmentName = DEFAULT_ENVIRONMENT,
    ttl: Annotated[str, typer.Option(help="How long it is valid: 30s, 15m, 1h.")] = "1h",
    scope: Annotated[list[str] | None, typer.Option(help="A scope; may be repeated.")] = None,
    subject: Annotated[str, typer.Option(help="Whom the token stands for.")] = "developer",
    json: Json = False,
) -> None:
    """Print a token for the environment that mockenv up runs from this settings file."""
    import json as json_format  # noqa: PLC0415

    from mockenv.local.run import state_folder  # noqa: PLC0415
    from mockenv.local.tokens import mint_for_running, parse_lifetime  # noqa: PLC0415

    lifetime_seconds = parse_lifetime(ttl)
    minted = mint_for_running(state_folder(file, env), subject, scope or [], lifetime_seconds)
    if json:
        typer.echo(json_format.dumps({"token": minted, "expires_in_seconds": lifetime_seconds}))
    else:
        typer.echo(minted)
