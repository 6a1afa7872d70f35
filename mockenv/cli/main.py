"""Puts the commands together, and turns errors into words and exit codes.

Commands import what they need inside their functions: `mockenv --help` loads none of it, and no
command loads aws_cdk.
"""

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from mockenv.cli.check import check
from mockenv.cli.destroy import destroy
from mockenv.cli.down import down
from mockenv.cli.extend_ttl import extend_ttl
from mockenv.cli.fetch import fetch
from mockenv.cli.init import init
from mockenv.cli.list_environments import list_environments
from mockenv.cli.logs import logs
from mockenv.cli.push import push
from mockenv.cli.reap import reap
from mockenv.cli.rollback import rollback
from mockenv.cli.schema import schema
from mockenv.cli.status import status
from mockenv.cli.token import token
from mockenv.cli.up import up
from mockenv.cli.versions import versions
from mockenv.errors import ExitCode, MockenvError

DEBUG_FLAG = "--debug"
INTERRUPTED = 130

app = typer.Typer(
    name="mockenv",
    help="Mock API environments, one per pull request, that delete themselves.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS = (
    *(init, check, fetch, up, down, token),
    *(push, versions, rollback, status, logs, extend_ttl, destroy, reap),
    schema,
)
for command in COMMANDS:
    app.command()(command)
app.command("list")(list_environments)  # its name is Python's


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415

        typer.echo(version("mockenv"))
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
    debug: Annotated[
        bool, typer.Option(DEBUG_FLAG, help="Show the traceback of an error.")
    ] = False,
) -> None:
    """Mock API environments, one per pull request, that delete themselves."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and end the process with the exit code of what happened."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = DEBUG_FLAG in given or bool(os.environ.get("MOCKENV_DEBUG"))
    given = [argument for argument in given if argument != DEBUG_FLAG]
    try:
        app(given or ["--help"])
    except MockenvError as error:
        _raise_in_debug(error, debug)
        sys.exit(_report(error))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.FAILED)
    except Exception as error:  # noqa: BLE001, RUF100 (the last resort: no traceback for users)
        _raise_in_debug(error, debug)
        unexpected = MockenvError(
            f"something unexpected happened: {type(error).__name__}: {error}",
            next_step=f"run it again with {DEBUG_FLAG} and report what it prints",
        )
        sys.exit(_report(unexpected))


def _raise_in_debug(error: Exception, debug: bool) -> None:
    if debug:
        raise error


def _report(error: MockenvError) -> ExitCode:
    typer.secho("mockenv: ", fg="red", bold=True, nl=False, err=True)
    typer.echo(error.message, err=True)
    typer.echo(f"  → {error.next_step}", err=True)
    return error.exit_code
