"""What a cold start of the token validator pays: its import, and the size of its package."""

import json
import sys
import tempfile
from pathlib import Path
from typing import get_args

from bench.bound import Bound
from bench.process_time import time_process
from mockenv.lambda_package import Architecture, build_lambda_package
from mockenv.local.tools import CHECKOUT

VALIDATOR = CHECKOUT / "lambda_src" / "token_validator"
LARGEST_MB = 6.0
STARTS_PER_ROUND = 5


def import_cpu_seconds(settings: dict[str, object]) -> float:
    """CPU of processes that import the handler with these settings, as a cold start does."""
    return _cpu_seconds("import token_validator.handler", {"TOKEN_SETTINGS": json.dumps(settings)})


def bare_cpu_seconds() -> float:
    """CPU of as many processes that do nothing."""
    return _cpu_seconds("pass", {})


def _cpu_seconds(program: str, variables: dict[str, str]) -> float:
    command = [sys.executable, "-I", "-c", program]
    times = [time_process(command, CHECKOUT, variables) for _ in range(STARTS_PER_ROUND)]
    return sum(time.cpu for time in times) / STARTS_PER_ROUND


def measure_packages() -> tuple[Bound, ...]:
    """Weigh the zipped package of each architecture."""
    return tuple(_weigh(architecture) for architecture in get_args(Architecture))


def _weigh(architecture: Architecture) -> Bound:
    with tempfile.TemporaryDirectory() as folder:
        package = build_lambda_package(
            VALIDATOR, VALIDATOR / "requirements.txt", Path(folder), architecture=architecture
        )
        megabytes = package.archive.stat().st_size / 1e6
    name = f"token validator's zipped package, {architecture}"
    return Bound(name=name, unit="MB", figures=(megabytes,), limit=LARGEST_MB)
