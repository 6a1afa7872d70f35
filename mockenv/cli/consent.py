"""Asks before something is deleted."""

import sys

import typer

from mockenv.errors import ExitCode, MockenvError


def require_consent(question: str, *, yes: bool) -> bool:
    """Ask, unless `yes` was typed; return whether somebody was asked.

    Raises MockenvError for a no, and (exit code 2) where nobody can be asked.
    """
    if yes:
        return False
    if not sys.stdin.isatty():
        raise MockenvError(
            "nobody can be asked here, as standard input is no terminal; nothing was changed",
            next_step="add --yes if you mean it",
            exit_code=ExitCode.BAD_INPUT,
        )
    if not typer.confirm(question, err=True):
        raise MockenvError("nothing was changed", next_step="answer y, or add --yes, to go on")
    return True
