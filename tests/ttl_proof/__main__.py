"""The long form of the proof; prints what was tried as a table."""

import argparse
import sys
import time

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from ttl_proof.machine import TtlMachine


def main() -> int:
    """Run schedules; end with 1 and the schedule at fault if one goes wrong."""
    parser = argparse.ArgumentParser(prog="ttl_proof")
    parser.add_argument("--schedules", type=int, default=16_000)
    began = time.monotonic()
    run_state_machine_as_test(TtlMachine, settings=_long(parser.parse_args().schedules))
    counters = TtlMachine.counters
    print("| | |\n|---|---:|")
    print("\n".join(counters.lines()))
    print("| wrong deletions | 0 |\n| leaks | 0 |")
    print(f"\n{time.monotonic() - began:.0f} s", file=sys.stderr)
    return 0


def _long(schedules: int) -> settings:
    return settings(
        max_examples=schedules,
        stateful_step_count=8,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )


if __name__ == "__main__":
    sys.exit(main())
