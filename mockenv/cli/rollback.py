"""`mockenv rollback`: an earlier version of the mocks, into a deployed environment."""

from typing import Annotated

import typer

from mockenv.cli.options import (
    DEFAULT_SETTINGS_FILE,
    DeployedName,
    Json,
    Profile,
    Region,
    SettingsPath,
    WaitSeconds,
)


def rollback(
    environment: DeployedName,
    to: Annotated[str, typer.Option(help="A version (its start is enough), or previous.")],
    file: SettingsPath = DEFAULT_SETTINGS_FILE,
    wait: WaitSeconds = 90,
    profile: Profile = None,
    region: Region = None,
    json: Json = False,
) -> None:
    """Have a deployed environment serve a version of its mocks that it has served before."""
    from functools import partial  # noqa: PLC0415

    from mockenv.cloud import commands  # noqa: PLC0415
    from mockenv.cloud.aws_errors import explained  # noqa: PLC0415
    from mockenv.cloud.clients import Clients  # noqa: PLC0415
    from mockenv.cloud.push import roll_back  # noqa: PLC0415
    from mockenv.settings.resolve import resolve_environment  # noqa: PLC0415

    tell = partial(typer.echo, err=True)
    settings = resolve_environment(file, environment)
    with explained():
        clients = Clients(profile, region)
        opened = commands.open_whole_environment(clients, settings.project, environment)
        back = roll_back(opened.store, to)
        tell(f"{environment} has version {back.version} again, in place of {back.previous}")
        commands.await_rollout(opened, back, wait_seconds=wait, tell=tell)
    typer.echo(commands.result_text(back, json))
