"""`mockenv list`: all environments of the project."""

from mockenv.cli.options import DEFAULT_SETTINGS_FILE, Json, Profile, Region, SettingsPath


def list_environments(
    file: SettingsPath = DEFAULT_SETTINGS_FILE,
    profile: Profile = None,
    region: Region = None,
    json: Json = False,
) -> None:
    """List the deployed environments, the one that ends first on top."""
    import json as json_format  # noqa: PLC0415
    import time  # noqa: PLC0415

    import typer  # noqa: PLC0415

    from mockenv.cloud import list_report  # noqa: PLC0415
    from mockenv.cloud.aws_errors import explained  # noqa: PLC0415
    from mockenv.cloud.clients import Clients  # noqa: PLC0415
    from mockenv.cloud.inventory import inventory  # noqa: PLC0415
    from mockenv.cloud.shared_stacks import open_registry  # noqa: PLC0415
    from mockenv.settings.project import project_name  # noqa: PLC0415

    project = project_name(file)
    with explained():
        clients = Clients(profile, region)
        registry = open_registry(clients, project)
        found = inventory(clients.cloudformation, registry, project)
    now = int(time.time())
    listed = list_report.in_order(found)
    if json:
        typer.echo(json_format.dumps(list_report.as_data(listed, now)))
    elif not listed:
        typer.echo(f"{project} has no environment in this account and region", err=True)
    else:
        typer.echo(list_report.as_text(listed, now))
    for note in list_report.notes(listed, now):
        typer.echo(note, err=True)
