"""The command line: one command per file, errors printed in one place."""

from mockenv.cli.main import main

__all__ = ["main"]
