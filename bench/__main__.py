"""Measures, prints tables, and keeps the raw figures in bench-results/."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.aws_command_line import measure_commands
from bench.command_line import measure_help
from bench.field import measure_field
from bench.findings import Findings, merged
from bench.flatness import measure_flatness
from bench.loader import measure_loader
from bench.local_run import measure_gateway, measure_start
from bench.machine import describe_machine
from bench.memory import measure_memory
from bench.reaper_run import measure_reaper
from bench.relay import measure_relay
from bench.result import Result
from bench.synth import measure_synth
from bench.tokens import measure_tokens
from mockenv.errors import MockenvError

KEPT_IN = Path("bench-results")


def main() -> int:
    """Run the parts that are asked for; exit code 1 if a limit is missed."""
    parts = _parts()
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="counted rounds of each pair")
    parser.add_argument("parts", nargs="*", help=f"{', '.join(parts)}; all if none")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(parts):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(parts)}")
    machine = describe_machine()
    print(machine, "\n", flush=True)
    try:
        found = merged(
            _measure(name, parts[name], options.rounds) for name in options.parts or parts
        )
    except MockenvError as error:
        print(f"{error.message}\nnext: {error.next_step}", file=sys.stderr)
        return error.exit_code
    print(found.markdown())
    _keep(machine, found)
    return int(not found.all_hold())


def _parts() -> dict[str, Callable[[int], Findings]]:
    return {
        "start": lambda rounds: _compared(measure_start(rounds)),
        "gateway": lambda rounds: _compared(*measure_gateway(rounds)),
        "relay": lambda rounds: _compared(measure_relay(rounds)),
        "synth": lambda rounds: _compared(*measure_synth(rounds)),
        "engines": measure_field,
        "flat": measure_flatness,
        "tokens": measure_tokens,
        "reaper": lambda rounds: _compared(*measure_reaper(rounds)),
        "loader": lambda rounds: _compared(measure_loader(rounds)),
        "help": lambda rounds: _compared(measure_help(rounds)),
        "cli": lambda rounds: _compared(*measure_commands(rounds)),
        "memory": measure_memory,
    }


def _compared(*results: Result) -> Findings:
    return Findings(results=results)


def _measure(name: str, part: Callable[[int], Findings], rounds: int) -> Findings:
    print(f"measuring {name} …", file=sys.stderr, flush=True)
    return part(rounds)


def _keep(machine: str, found: Findings) -> None:
    KEPT_IN.mkdir(exist_ok=True)
    kept = KEPT_IN / f"{time.strftime('%Y%m%dT%H%M%S')}.json"
    kept.write_text(json.dumps({"machine": machine, **found.kept()}, indent=2) + "\n")
    print(f"\nraw figures: {kept}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
