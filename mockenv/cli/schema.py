"""`mockenv schema`: the JSON Schema of mockenv.yaml, for editors."""


def schema() -> None:
    """Print the JSON Schema of mockenv.yaml, by which editors complete and check it."""
    import typer  # noqa: PLC0415

    from mockenv.settings.schema import settings_schema  # noqa: PLC0415

    typer.echo(settings_schema(), nl=False)
