"""What a run found, as data: what docs/emulated-deployment.md is written from."""

import dataclasses
import importlib.metadata
import json
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from emulated_deployment import assembly
from emulated_deployment.inventory import Fate
from emulated_deployment.lookups import LOOKUPS
from emulated_deployment.run import Run

REFUSED, DEPLOYED, TAKEN = "refused", "deployed", "taken"


def record(run: Run, *, seconds: int) -> dict[str, Any]:
    """Collect checks, versions, and what the emulator did with every type of our templates."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "seconds": seconds,
        "versions": _versions(run.root),
        "checks": [dataclasses.asdict(check) for check in run.findings.checks],
        "types": _types(run),
    }


def write(found: dict[str, Any], file: Path) -> None:
    """Write the record where tests and the page find it."""
    file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _types(run: Run) -> dict[str, dict[str, Any]]:
    """Say of each type what became of it; those of no deployed stack are only asked about."""
    cloudformation = run.ministack.client("cloudformation")
    known = dict.fromkeys(run.inventory.fates) | _profiles(run.folder)
    refused = {
        kind
        for kind in known
        if assembly.ask(cloudformation, {"Resources": {"Asked": {"Type": kind}}})
    }
    return {
        kind: _of_type(kind, run.inventory.fates.get(kind), refused=kind in refused)
        for kind in sorted(known)
    }


def _of_type(kind: str, fate: Fate | None, *, refused: bool) -> dict[str, Any]:
    lookup = LOOKUPS.get(kind)
    outcome = REFUSED if refused else DEPLOYED if fate else TAKEN
    counted = fate or Fate()
    return {
        "outcome": outcome,
        "wanted": counted.wanted,
        "made": counted.made,
        "found": counted.found if lookup else None,
        "stayed": counted.stayed if lookup else None,
        "settings": counted.settings,
        "unrepeated": dict(sorted(counted.unrepeated.items())),
        "lookup": lookup.name if lookup else None,
    }


def _profiles(folder: Path) -> dict[str, None]:
    """List the types of all profiles that tests synthesize, deployed here or not."""
    from synthesized import prepare_cdk, synthesize_all  # noqa: PLC0415 (loads CDK: slow)

    prepare_cdk()
    every = synthesize_all(folder / "profiles")
    found = (every.template(stack)["Resources"].values() for stack in every.stacks())
    return dict.fromkeys(resource["Type"] for resources in found for resource in resources)


def _versions(root: Path) -> dict[str, str]:
    ministack = next(
        line.split()[0].partition("==")[2]
        for line in (root / "requirements-emulator.txt").read_text().splitlines()
        if line.startswith("ministack==")
    )
    cli = json.loads((root / "node_modules" / "aws-cdk" / "package.json").read_text())
    return {
        "ministack": ministack,
        "CDK CLI": str(cli["version"]),
        "aws-cdk-lib": importlib.metadata.version("aws-cdk-lib"),
        "Python of the functions": _python(root),
        "machine": platform.machine(),
    }


def _python(root: Path) -> str:
    program = root / ".build" / "emulator" / "bin" / "python"
    answer = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=True)
    return answer.stdout.split()[1]
