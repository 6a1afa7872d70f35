#!/usr/bin/env python3
"""The CDK app: `cdk synth` gives the shared stacks, `cdk synth -c env=pr-123` one environment.

Also `-c pr=123`, `-c file=other.yaml`, and `-c debug=true` for tracebacks. CDK's own validation of
templates doubles the time of a synth and is off, unless CDK_VALIDATION=true is set.
"""

import gc
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

try:
    from mockenv.errors import MockenvError
    from mockenv.local.tools import find_node
    from stacks.app_request import check_cli, given_context, wanted_stacks
except ImportError as error:
    sys.exit(
        f"{sys.executable} can't run the CDK app ({error}).\n"
        "    run make setup; then cdk finds .venv/bin/python in the project's folder by itself"
    )

ROOT = Path(__file__).resolve().parent


def main(variables: Mapping[str, str]) -> int:
    """Synthesize what the CDK CLI asks for; return the exit code."""
    context = given_context(variables)
    try:
        check_cli(variables.get("CDK_CLI_VERSION"))
        wanted = wanted_stacks(context, ROOT)
        _prepare_cdk()
        from stacks.synthesis import synthesize  # noqa: PLC0415 (loads CDK, now prepared)

        synthesize(wanted, root=ROOT, context=_pinned_context())
    except MockenvError as error:
        if context.get("debug") in {True, "true"}:
            raise
        print(f"{error.message}\n    {error.next_step}", file=sys.stderr)
        return int(error.exit_code)
    return 0


def _prepare_cdk() -> None:
    """Set what CDK's runtime reads when it is loaded: our Node, and no validation unless asked."""
    os.environ.setdefault("JSII_NODE", str(find_node()))
    os.environ.setdefault("CDK_VALIDATION", "false")


def _pinned_context() -> dict[str, Any]:
    """Return cdk.json's feature flags, so that the app run by itself gives the same templates."""
    return dict(json.loads((ROOT / "cdk.json").read_text(encoding="utf-8"))["context"])


if __name__ == "__main__":
    # CDK makes hundreds of thousands of objects that live as long as this second-long process:
    # looking for garbage among them takes a tenth of its time.
    gc.disable()
    sys.exit(main(os.environ))
