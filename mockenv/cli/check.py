"""`mockenv check`: is the settings file right?"""

from mockenv.cli.options import DEFAULT_SETTINGS_FILE, Json, SettingsPath


def check(file: SettingsPath = DEFAULT_SETTINGS_FILE, json: Json = False) -> None:
    """Check mockenv.yaml and the files that it names; list every mistake with its line."""
    import json as json_format  # noqa: PLC0415

    import typer  # noqa: PLC0415

    from mockenv.settings.problems import SettingsError  # noqa: PLC0415
    from mockenv.settings.resolve import load_settings  # noqa: PLC0415

    try:
        settings = load_settings(file).settings
    except SettingsError as error:
        if not json:
            raise
        typer.echo(json_format.dumps({"ok": False, "problems": error.as_data()}))
        raise typer.Exit(error.exit_code) from error
    mocks = {name: mock.path for name, mock in settings.mocks.items()}
    if json:
        typer.echo(json_format.dumps({"ok": True, "project": settings.project, "mocks": mocks}))
    else:
        listed = ", ".join(f"{name} at {path}" for name, path in mocks.items())
        typer.echo(f"{file} is right: project {settings.project}, {listed}")
