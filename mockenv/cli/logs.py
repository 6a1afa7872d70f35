"""`mockenv logs`: what an environment wrote, also one that is gone."""

from typing import Annotated

import typer

from mockenv.cli.options import (
    DEFAULT_SETTINGS_FILE,
    DeployedName,
    Json,
    Profile,
    Region,
    SettingsPath,
)


def logs(
    environment: DeployedName,
    tasks: Annotated[bool, typer.Option("--tasks", help="Of its tasks: the default.")] = False,
    gateway: Annotated[bool, typer.Option("--gateway", help="Its access log.")] = False,
    tokens: Annotated[bool, typer.Option("--tokens", help="Of its token validator.")] = False,
    since: Annotated[str, typer.Option(help="How far back: 30s, 15m, 8h, 3d.")] = "15m",
    follow: Annotated[bool, typer.Option("--follow", help="Go on until Ctrl-C.")] = False,
    file: SettingsPath = DEFAULT_SETTINGS_FILE,
    profile: Profile = None,
    region: Region = None,
    json: Json = False,
) -> None:
    """Show the lines of a deployed environment, the newest last, also of one that is gone."""
    import json as json_format  # noqa: PLC0415
    import time  # noqa: PLC0415

    from mockenv.cloud import log_command, log_report  # noqa: PLC0415
    from mockenv.cloud.aws_errors import explained  # noqa: PLC0415
    from mockenv.cloud.clients import Clients  # noqa: PLC0415
    from mockenv.settings.project import check_environment_name, project_name  # noqa: PLC0415

    check_environment_name(environment)
    part = log_command.chosen_part(tasks=tasks, gateway=gateway, tokens=tokens)
    wanted = log_command.Wanted(
        project_name(file), environment, part, log_command.parse_since(since, time.time()), follow
    )
    count = 0
    with explained():
        for line in log_command.lines(Clients(profile, region).logs, wanted, wait=time.sleep):
            count += 1
            shown = log_report.as_data(line) if json else log_report.as_text(line)
            typer.echo(json_format.dumps(shown) if json else shown)
    if not count:
        typer.echo(log_command.nothing(wanted), err=True)
