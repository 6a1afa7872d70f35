"""Measures, prints a table, and keeps the raw figures in bench-results/."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from bench.command_line import measure_help
from bench.engines import measure_engines
from bench.local_run import measure_gateway, measure_start
from bench.machine import describe_machine
from bench.memory import measure_memory, memory_table
from bench.result import Result, table
from bench.synth import measure_synth

KEPT_IN = Path("bench-results")


def main() -> int:
    """Run the parts that are asked for; exit code 1 if a limit is missed."""
    parts: dict[str, Callable[[int], list[Result]]] = {
        "start": lambda rounds: [measure_start(rounds)],
        "gateway": measure_gateway,
        "synth": measure_synth,
        "engines": measure_engines,
        "help": lambda rounds: [measure_help(rounds)],
    }
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="counted rounds of each pair")
    parser.add_argument("parts", nargs="*", help=f"{', '.join(parts)}, memory; all if none")
    options = parser.parse_args()
    chosen = options.parts or [*parts, "memory"]
    machine = describe_machine()
    print(machine, "\n", flush=True)
    results: list[Result] = []
    for name in chosen:
        if name == "memory":
            continue
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        results += parts[name](options.rounds)
    memory = measure_memory() if "memory" in chosen else []
    if results:
        print(table(results))
    if memory:
        print("\n" + memory_table(memory))
    KEPT_IN.mkdir(exist_ok=True)
    kept = KEPT_IN / f"{time.strftime('%Y%m%dT%H%M%S')}.json"
    raw = {"machine": machine, "results": [asdict(r) for r in results],
           "memory": [asdict(m) for m in memory]}  # fmt: skip
    kept.write_text(json.dumps(raw, indent=2) + "\n")
    print(f"\nraw figures: {kept}", file=sys.stderr)
    return int(any(result.holds() is False for result in results))


if __name__ == "__main__":
    sys.exit(main())
