"""On what was measured."""

import json
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

from mockenv.local.tools import CHECKOUT, find_tools


def describe_machine() -> str:
    """Name the processor, the memory, the system, and the versions that matter."""
    node = subprocess.run(
        [str(find_tools().node), "--version"], capture_output=True, text=True, check=True
    )
    packages = {name: version(name) for name in ("aws-cdk-lib", "typer", "pydantic")}
    listed = ", ".join(f"{name} {number}" for name, number in packages.items())
    return (
        f"{os.cpu_count()} × {_processor()}, {_memory_gib():.0f} GiB, {platform.system()} "
        f"{platform.release()}; Python {platform.python_version()}, Node {node.stdout.strip()}, "
        f"{listed}, aws-cdk {_cdk_cli_version()}"
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def _cdk_cli_version() -> str:
    package = CHECKOUT / "node_modules" / "aws-cdk" / "package.json"
    return str(json.loads(package.read_text())["version"])
