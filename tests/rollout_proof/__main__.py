"""The long form of the proof: plays every scenario, prints a table, ends with 1 if one is wrong."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from rollout_proof.scenarios import HOLDS, LOSES, Played, Scenario
from rollout_proof.table import times_table
from rollout_proof.times import Template
from synthesized import prepare_cdk, synthesize_all

FACTOR = 0.1
HEADER = "| | template | result | answered | failed | |\n|---|---|---|---:|---:|---|"


def main() -> int:
    """Play all scenarios, one after another."""
    parser = argparse.ArgumentParser(prog="rollout_proof")
    parser.add_argument("--factor", type=float, default=FACTOR, help="of all times (0.1)")
    parser.add_argument("--only", default="", help="scenarios whose name holds this")
    options = parser.parse_args()
    chosen = [scenario for scenario in (*HOLDS, *LOSES) if options.only in scenario.name]
    with tempfile.TemporaryDirectory() as folder:
        return 0 if _play_all(chosen, Path(folder), options.factor) else 1


def _play_all(scenarios: list[Scenario], folder: Path, factor: float) -> bool:
    templates = _synthesize(folder)
    print(times_table(templates), end="\n\n")
    began = time.monotonic()
    print(HEADER)
    right = True
    for number, scenario in enumerate(scenarios):
        played = scenario.run(templates, folder / str(number), factor)
        right &= scenario.is_as_expected(played)
        print(_row(scenario, played), flush=True)
    print(f"\n{time.monotonic() - began:.0f} s, all times × {factor:g}", file=sys.stderr)
    return right


def _row(scenario: Scenario, played: Played) -> str:
    count = sum(played.failed.values())
    failed = f"{count} ({', '.join(map(str, sorted(played.failed)))})" if count else "0"
    verdict = "as expected" if scenario.is_as_expected(played) else "**WRONG**"
    cells = (scenario.name, scenario.stack, played.result, played.answered, failed, verdict)
    return f"| {' | '.join(map(str, cells))} |"


def _synthesize(folder: Path) -> dict[str, Template]:
    prepare_cdk()
    synthesized = synthesize_all(folder / "synthesized")
    templates = {"network": synthesized.template("network-none")}
    return templates | {name: synthesized.template(name) for name in _stacks()}


def _stacks() -> set[str]:
    return {scenario.stack for scenario in (*HOLDS, *LOSES)}


if __name__ == "__main__":
    sys.exit(main())
