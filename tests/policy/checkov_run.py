"""checkov over templates: a program in an environment of its own (requirements-policy.txt).

Its dependencies are many, and pinned to old versions.
"""

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from policy.finding import Finding
from policy.judgement import CHECKOV

# Where nobody listens: checkov asks its maker's service about rules unless it can't.
NOBODY = "http://127.0.0.1:9"
NO_NETWORK = {"HTTP_PROXY": NOBODY, "HTTPS_PROXY": NOBODY, "ALL_PROXY": NOBODY}
OPTIONS = ("--framework", "cloudformation", "--skip-download", "--compact", "--output", "json")


class CheckovError(Exception):
    """checkov did not do what it was asked to."""


def checkov_findings(program: Path, templates: Sequence[tuple[str, Path]]) -> Iterator[Finding]:
    """Yield what checkov finds in each stack's template; raises CheckovError if it skips one."""
    if not program.is_file():
        raise CheckovError(f"{program} is not installed: run make policy")
    stacks = {template.name: stack for stack, template in templates}
    results = _run(program, [template for _, template in templates])
    checked = {Path(check["file_path"]).name for check in results["passed_checks"]}
    if results["parsing_errors"] or set(stacks) - checked:
        raise CheckovError(f"checkov did not check {sorted(set(stacks) - checked)}")
    for check in results["failed_checks"]:
        stack = stacks[Path(check["file_path"]).name]
        logical_id = check["resource"].split(".", 1)[1]
        yield Finding(CHECKOV, stack, logical_id, check["check_id"], check["check_name"])


def _run(program: Path, templates: Sequence[Path]) -> dict[str, Any]:
    command = [str(program), *OPTIONS, "--file", *map(str, templates)]
    # Nothing of this machine's variables: a token among them would have it upload results.
    environment = {"PATH": "/usr/bin:/bin", **NO_NETWORK}
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    try:
        answer = json.loads(ended.stdout)
    except json.JSONDecodeError as error:
        raise CheckovError(f"checkov ended with {ended.returncode}: {ended.stderr}") from error
    results: dict[str, Any] = answer["results"]
    return results
