"""Each kind of stack against its snapshot: `UPDATE_SNAPSHOTS=1 pytest tests/stacks` rewrites it."""

import difflib
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from synthesized import CONFIG_LOADER, Synthesized

SNAPSHOTS = Path(__file__).resolve().parents[1] / "snapshots"
ASSET_HASH = re.compile(r"\b[0-9a-f]{64}\b")
MOST_DIFF_LINES = 80


@pytest.mark.parametrize(
    "stack",
    [
        *("network-none", "network-instance", "network-gateway", "network-domain-key"),
        *("network-two", "network-existing", "dedicated", "existing"),
        *("ttl-cleanup", "ttl-cleanup-key"),
        *("pr-123", "pr-7", "int", "load", "stage", "pr-443", "pr-512"),
    ],
)
def test_template_is_that_of_the_snapshot(synthesized: Synthesized, stack: str) -> None:
    actual = _masked(synthesized.template(stack))
    file = SNAPSHOTS / f"{stack}.json"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_text(actual, encoding="utf-8")
    expected = file.read_text(encoding="utf-8") if file.exists() else ""
    assert actual == expected, _difference(expected, actual, file)


def _masked(template: dict[str, Any]) -> str:
    text = json.dumps(template, indent=1, sort_keys=True) + "\n"
    program = json.dumps(CONFIG_LOADER.read_text(encoding="utf-8"))
    return ASSET_HASH.sub("<hash>", text).replace(program, '"<config_loader.mjs>"')


def _difference(expected: str, actual: str, file: Path) -> str:
    names = (f"{file.name} (snapshot)", "as synthesized")
    lines = difflib.unified_diff(expected.splitlines(), actual.splitlines(), *names, lineterm="")
    shown = list(lines)[:MOST_DIFF_LINES]
    return "\n".join([*shown, "if it is meant: UPDATE_SNAPSHOTS=1 pytest tests/stacks"])
