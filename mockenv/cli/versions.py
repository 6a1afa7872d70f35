"""`mockenv versions`: which versions of its mocks a deployed environment holds."""

from mockenv.cli.options import (
    DEFAULT_SETTINGS_FILE,
    DeployedName,
    Json,
    Profile,
    Region,
    SettingsPath,
)


def versions(
    environment: DeployedName,
    file: SettingsPath = DEFAULT_SETTINGS_FILE,
    profile: Profile = None,
    region: Region = None,
    json: Json = False,
) -> None:
    """List the versions of a deployed environment's mocks, the newest first."""
    import json as json_format  # noqa: PLC0415

    import typer  # noqa: PLC0415

    from mockenv.cloud import commands  # noqa: PLC0415
    from mockenv.cloud.aws_errors import explained  # noqa: PLC0415
    from mockenv.cloud.clients import Clients  # noqa: PLC0415
    from mockenv.cloud.version_report import as_data, as_text  # noqa: PLC0415
    from mockenv.settings.resolve import resolve_environment  # noqa: PLC0415

    settings = resolve_environment(file, environment)
    with explained():
        clients = Clients(profile, region)
        opened = commands.open_environment(clients, settings.project, environment)
        found = opened.store.versions()
    typer.echo(json_format.dumps(as_data(found)) if json else as_text(found))
