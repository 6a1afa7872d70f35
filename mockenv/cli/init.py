"""`mockenv init`: a first settings file for an OpenAPI document."""

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from mockenv.cli.options import DEFAULT_SETTINGS_FILE, SettingsPath
from mockenv.errors import ExitCode, MockenvError


def init(
    spec: Annotated[Path, typer.Argument(help="The OpenAPI document to serve.")],
    file: SettingsPath = DEFAULT_SETTINGS_FILE,
    project: Annotated[
        str | None,
        typer.Option(help="Short name of the project; made from the document's title if left out."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write a commented mockenv.yaml that serves an OpenAPI document."""
    from mockenv.starter import starter_file  # noqa: PLC0415

    _check_place(file, force)
    _write(file, starter_file(spec, file.parent, project))
    typer.echo(file)
    _print_next_steps(file)


def _check_place(file: Path, force: bool) -> None:
    if file.is_dir():
        raise MockenvError(
            f"{file} is a folder",
            next_step=f"name a file in it: --file {file / DEFAULT_SETTINGS_FILE}",
            exit_code=ExitCode.BAD_INPUT,
        )
    if file.exists() and not force:
        raise MockenvError(
            f"{file} is there already",
            next_step="replace it with --force, or name another file with --file",
            exit_code=ExitCode.BAD_INPUT,
        )


def _write(file: Path, text: str) -> None:
    """Put the whole file in its place at once, so that nothing ever reads half of it."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(file)
    except OSError as error:
        raise MockenvError(
            f"{file} can't be written ({error.strerror})",
            next_step=f"make the folder {file.parent}, or name another file with --file",
            exit_code=ExitCode.BAD_INPUT,
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _print_next_steps(file: Path) -> None:
    option = "" if file == DEFAULT_SETTINGS_FILE else f" --file {shlex.quote(str(file))}"
    schema = shlex.quote(str(file.with_name("mockenv.schema.json")))
    typer.echo(f"start it:              mockenv up{option}", err=True)
    typer.echo(f"let editors check it:  mockenv schema > {schema}", err=True)
