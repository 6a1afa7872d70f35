"""`mockenv status`: all that is known of one environment."""

from mockenv.cli.options import (
    DEFAULT_SETTINGS_FILE,
    DeployedName,
    Json,
    Profile,
    Region,
    SettingsPath,
)


def status(
    environment: DeployedName,
    file: SettingsPath = DEFAULT_SETTINGS_FILE,
    profile: Profile = None,
    region: Region = None,
    json: Json = False,
) -> None:
    """Show a deployed environment: stack, tasks, health, versions, end, and its last failure."""
    import json as json_format  # noqa: PLC0415
    import time  # noqa: PLC0415

    import typer  # noqa: PLC0415

    from mockenv.cloud import status_report  # noqa: PLC0415
    from mockenv.cloud.aws_errors import explained  # noqa: PLC0415
    from mockenv.cloud.clients import Clients  # noqa: PLC0415
    from mockenv.cloud.shared_stacks import open_registry  # noqa: PLC0415
    from mockenv.cloud.status import read_status  # noqa: PLC0415
    from mockenv.settings.project import check_environment_name, project_name  # noqa: PLC0415

    check_environment_name(environment)
    project = project_name(file)
    with explained():
        clients = Clients(profile, region)
        registry = open_registry(clients, project)
        found = read_status(clients, registry, project, environment)
    now = int(time.time())
    if json:
        typer.echo(json_format.dumps(status_report.as_data(found, now)))
    else:
        typer.echo(status_report.as_text(found, now))
