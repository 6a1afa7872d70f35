"""Writes runs as a Markdown table."""

from collections.abc import Iterable

from scaling_simulation.cases import Run

HEAD = (
    "| rules | tasks | requests | curve | refused | for | most tasks | fewest afterwards | turns "
    "| task hours |",
    "|---|---|---|---|---|---|---|---|---|---|",
)


def table(runs: Iterable[Run]) -> str:
    """Return one line for each run."""
    return "\n".join([*HEAD, *map(_row, runs)])


def _row(run: Run) -> str:
    case, found = run.case, run.outcome
    return (
        f"| {case.rules_name} | {case.bounds} | {case.requests_name} | {run.curve.name} "
        f"| {found.refused_percent:.1f} % | {found.refusing_seconds} s | {found.most_tasks} "
        f"| {found.fewest_after} | {found.turns} | {found.task_hours:.0f} |"
    )
