"""Deploys into the emulator, uses what it deployed, writes what it found into docs/."""

import argparse
import json
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from emulated_deployment.cdk_cli import Cdk
from emulated_deployment.findings import Findings
from emulated_deployment.inventory import Inventory
from emulated_deployment.life import play
from emulated_deployment.ministack import running_ministack
from emulated_deployment.page import page
from emulated_deployment.record import record, write
from emulated_deployment.run import Run

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / "docs" / "emulated-deployment.json"
PROGRAM = ROOT / ".build" / "emulator" / "bin" / "ministack"
LONGEST_SECONDS = 1_200


def main() -> int:
    """Run everything; end with 1 if anything that must be so was not."""
    parser = argparse.ArgumentParser(prog="make emulated-deploy", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="keep logs and assemblies")
    parser.add_argument("--page", action="store_true", help="only write the last run's page anew")
    options = parser.parse_args()
    if options.page:
        _write_page(json.loads(RECORD.read_text()))
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    signal.signal(signal.SIGALRM, lambda *_: sys.exit(f"not done after {LONGEST_SECONDS} s"))
    signal.alarm(LONGEST_SECONDS)
    folder = Path(tempfile.mkdtemp(prefix="mockenv-emulated-"))
    try:
        return _run(folder)
    finally:
        _tidy(folder, keep=options.keep)


def _run(folder: Path) -> int:
    began = time.monotonic()
    findings = Findings()
    with running_ministack(PROGRAM, folder) as ministack:
        cdk = Cdk(ROOT, folder, ministack.variables)
        run = Run(ROOT, folder, ministack, cdk, findings, Inventory(ministack.client))
        play(run)
        found = record(run, seconds=round(time.monotonic() - began))
    write(found, RECORD)
    _write_page(found)
    failed = len(findings.failed)
    print(f"\n{len(findings.checks)} checks, {failed} not as they must be", file=sys.stderr)
    return 1 if failed else 0


def _write_page(found: Mapping[str, Any]) -> None:
    RECORD.with_suffix(".md").write_text(page(found), encoding="utf-8")


def _tidy(folder: Path, *, keep: bool) -> None:
    if keep:
        print(f"logs and assemblies: {folder}", file=sys.stderr)
    else:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
