"""What a synth costs beside that of an empty CDK app."""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.process_time import time_process
from bench.result import Result, interleave
from mockenv.local.tools import CHECKOUT

EMPTY_APP = Path(__file__).parent / "empty_cdk_app"
ENVIRONMENT = ("-c", "env=pr-123")
# Ours sets it by itself; with it on, the empty app would cost more than ours.
LIKE_OURS = {"CDK_VALIDATION": "false"}


def measure_synth(rounds: int) -> list[Result]:
    """Measure CPU seconds through the CDK CLI and of the app alone."""
    return [_through_the_cli(rounds), _app_alone(rounds)]


def _through_the_cli(rounds: int) -> Result:
    ours, theirs = interleave(
        [lambda: _cdk_synth(CHECKOUT, ENVIRONMENT), lambda: _cdk_synth(EMPTY_APP, ())], rounds
    )
    return Result(
        name="`cdk synth -c env=pr-123`",
        unit="CPU s",
        ours=ours,
        theirs=theirs,
        compared_with="an empty CDK app, same CLI and options",
        limit=1.6,
    )


def _app_alone(rounds: int) -> Result:
    context = {"CDK_CONTEXT_JSON": '{"env": "pr-123"}'}
    ours, theirs = interleave(
        [lambda: _app(CHECKOUT, context), lambda: _app(EMPTY_APP, LIKE_OURS)], rounds
    )
    return Result(
        name="`app.py` for one environment",
        unit="CPU s",
        ours=ours,
        theirs=theirs,
        compared_with="an empty CDK app, same options",
        limit=3,
    )


def _cdk_synth(folder: Path, arguments: Sequence[str]) -> float:
    with tempfile.TemporaryDirectory() as output:
        command = [str(CHECKOUT / ".venv" / "bin" / "cdk"), "synth", "--quiet", "--output", output]
        return time_process([*command, *arguments], folder, LIKE_OURS).cpu


def _app(folder: Path, variables: dict[str, str]) -> float:
    with tempfile.TemporaryDirectory() as output:
        where = {"CDK_OUTDIR": output, **variables}
        return time_process([sys.executable, "app.py"], folder, where).cpu
