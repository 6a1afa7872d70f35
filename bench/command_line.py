"""How fast the program explains itself."""

import sys
from pathlib import Path

from bench.process_time import time_process
from bench.result import Result, interleave

HELLO = Path(__file__).parent / "typer_hello.py"


def measure_help(rounds: int) -> Result:
    """Measure `mockenv --help` beside the smallest typer program."""
    program = str(Path(sys.executable).parent / "mockenv")
    ours, theirs = interleave(
        [
            lambda: time_process([program, "--help"], HELLO.parent).cpu,
            lambda: time_process([sys.executable, str(HELLO), "--help"], HELLO.parent).cpu,
        ],
        rounds,
    )
    return Result(
        name="`mockenv --help`",
        unit="CPU s",
        ours=ours,
        theirs=theirs,
        compared_with="a typer hello world's --help",
        limit=2,
    )
