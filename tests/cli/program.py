"""Runs the program in a process of its own, with few variables."""

import subprocess
import sys
from pathlib import Path


def run(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `mockenv` with these arguments in a folder, to its end."""
    command = [sys.executable, "-m", "mockenv", *arguments]
    variables = {"PATH": "/usr/bin:/bin", "COLUMNS": "120", "NO_COLOR": "1", **environment}
    return subprocess.run(
        command, cwd=folder, env=variables, capture_output=True, text=True, timeout=60, check=False
    )
