"""`mockenv check`: is the settings file right?"""

from mockenv.cli.options import DEFAULT_SETTINGS_FILE, Json, SettingsPath


def check(file: SettingsPath = DEFAULT_SETTINGS_FILE, json: Json = False) -> None:
    """Check mockenv.yaml and the files that it names; list every mistake with its line.

    What looks like a real secret in them is told too, and is no mistake.
    """
    import json as json_format  # noqa: PLC0415

    import typer  # noqa: PLC0415

    from mockenv.live_secrets import find_live_secrets  # noqa: PLC0415
    from mockenv.names import LOCAL_ENVIRONMENT  # noqa: PLC0415
    from mockenv.settings.problems import SettingsError  # noqa: PLC0415
    from mockenv.settings.resolve import environment_settings, load_settings  # noqa: PLC0415

    try:
        loaded = load_settings(file)
    except SettingsError as error:
        if not json:
            raise
        typer.echo(json_format.dumps({"ok": False, "problems": error.as_data()}))
        raise typer.Exit(error.exit_code) from error
    settings = environment_settings(loaded, LOCAL_ENVIRONMENT)
    mocks = {mock.name: mock.path for mock in settings.mocks}
    warnings = [str(secret) for secret in find_live_secrets(settings.mocks)]
    if json:
        told = {"ok": True, "project": settings.project, "mocks": mocks, "warnings": warnings}
        typer.echo(json_format.dumps(told))
    else:
        listed = ", ".join(f"{name} at {path}" for name, path in mocks.items())
        typer.echo(f"{file} is right: project {settings.project}, {listed}")
        for warning in warnings:
            typer.echo(f"warning: {warning}", err=True)
