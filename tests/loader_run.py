"""Runs the config loader as a task does: the command of its container, without capabilities."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence

from mockenv.local.tools import find_node


def run_loader(
    command: Sequence[str], variables: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a container's command to its end; its umask is one under which nobody else may read."""
    node, *rest = command
    assert node == "node"
    return subprocess.run(
        [*_without_capabilities(), str(find_node()), *rest],
        env=dict(variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        umask=0o077,
    )


def _without_capabilities() -> list[str]:
    """Take root's capabilities; who is not root has none."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0 or setpriv is None:
        return []
    return [setpriv, "--bounding-set=-all", "--inh-caps=-all", "--"]
