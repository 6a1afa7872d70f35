"""Prints how long synthesized stacks take to create, on paper."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from creation_time.durations import typical_durations
from creation_time.paper import on_paper
from creation_time.report import report
from mockenv.errors import MockenvError

SUFFIX = ".template.json"


def main() -> int:
    """Read templates, print a report of each; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m creation_time", description=__doc__)
    parser.add_argument("--json", action="store_true", help="all figures, as JSON")
    parser.add_argument("templates", type=Path, nargs="+", help=f"*{SUFFIX} of a synth")
    options = parser.parse_args()
    durations = typical_durations()
    try:
        papers = [
            on_paper(file.name.removesuffix(SUFFIX), json.loads(file.read_text()), durations)
            for file in options.templates
        ]
    except MockenvError as error:
        print(f"{error.message}\n    {error.next_step}", file=sys.stderr)
        return int(error.exit_code)
    if options.json:
        print(json.dumps([asdict(paper) for paper in papers], indent=1, default=str))
    else:
        print("\n\n".join(map(report, papers)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
