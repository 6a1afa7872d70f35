"""`mockenv fetch`: copies of the remote files that documents refer to."""

from mockenv.cli.options import DEFAULT_SETTINGS_FILE, Json, SettingsPath


def fetch(file: SettingsPath = DEFAULT_SETTINGS_FILE, json: Json = False) -> None:
    """Copy the remote files that documents refer to, as far as remote_refs allows, beside them."""
    import json as json_format  # noqa: PLC0415

    import typer  # noqa: PLC0415

    from mockenv.download import download  # noqa: PLC0415
    from mockenv.fetch import fetch as fetch_files  # noqa: PLC0415
    from mockenv.names import LOCAL_ENVIRONMENT  # noqa: PLC0415
    from mockenv.settings.resolve import resolve_environment  # noqa: PLC0415

    fetched = fetch_files(resolve_environment(file, LOCAL_ENVIRONMENT).mocks, download)
    if json:
        told = [{"url": one.url, "file": str(one.file), "change": one.change} for one in fetched]
        typer.echo(json_format.dumps({"files": told}))
    elif not fetched:
        typer.echo("no document refers to a remote file")
    else:
        for one in fetched:
            typer.echo(f"{one.change:8} {one.bytes:>9,} bytes  {one.file}")
