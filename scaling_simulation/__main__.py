"""Plays load curves against synthesized templates; draws the first one's and prints a table."""

import argparse
import json
from pathlib import Path

from scaling_simulation.cases import run_all, run_stated
from scaling_simulation.charts import draw_curve
from scaling_simulation.curves import CURVES
from scaling_simulation.table import table


def main() -> None:
    """Read templates, write a PNG per curve into a folder, print the table of all runs."""
    parser = argparse.ArgumentParser(prog="make scaling", description=__doc__)
    parser.add_argument("--charts", type=Path, required=True, help="folder for the PNGs")
    parser.add_argument("--stated", type=Path, required=True, help="template that states the cost")
    parser.add_argument("templates", type=Path, nargs="+", help="*.template.json of environments")
    options = parser.parse_args()
    of_templates = [run_all(json.loads(file.read_text())) for file in options.templates]
    stated = run_stated(json.loads(options.stated.read_text()))
    for curve in CURVES:
        drawn = [run for run in of_templates[0] if run.curve is curve]
        draw_curve(drawn, options.charts / f"{curve.name}.png")
    print(table(run for runs in [*of_templates, stated] for run in runs))


if __name__ == "__main__":
    main()
