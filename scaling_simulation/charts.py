"""Draws runs: what was offered, what there was room for, what was refused, and the tasks."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scaling_simulation.cases import Run

DOTS_PER_INCH = 80
EVERY_SECONDS = 10  # of a run are drawn
RULES_COLOURS = {"ours": "tab:blue", "known rules": "0.55"}


def draw_curve(runs: Sequence[Run], file: Path) -> None:
    """Draw one curve's runs as PNG: a column for each kind of requests, ours beside the known."""
    kinds = list(dict.fromkeys(run.case.requests_name for run in runs))
    figure = Figure(figsize=(11, 6.5), dpi=DOTS_PER_INCH, layout="constrained")
    figure.suptitle(f"{runs[0].curve.name}, {runs[0].case.bounds} tasks")
    axes = figure.subplots(2, len(kinds), sharex=True, squeeze=False)
    for column, kind in enumerate(kinds):
        of_kind = [run for run in runs if run.case.requests_name == kind]
        _draw_requests(axes[0][column], of_kind[0])
        _draw_tasks(axes[1][column], of_kind)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, metadata={"Software": None})


def _draw_requests(axes: Axes, run: Run) -> None:
    drawn = run.seconds[::EVERY_SECONDS]
    minutes = _minutes(len(drawn))
    axes.set_title(
        f"requests {run.case.requests_name}: {run.outcome.refused_percent:.1f} % refused"
    )
    offered = [second.offered / 1000 for second in drawn]
    answered = [(second.offered - second.refused) / 1000 for second in drawn]
    room = [second.capacity / 1000 for second in drawn]
    axes.plot(minutes, offered, color="black", label="offered")
    axes.plot(minutes, room, color=RULES_COLOURS["ours"], label="room for")
    axes.fill_between(minutes, answered, offered, color="tab:red", alpha=0.5, label="refused")
    axes.set_ylabel("1,000 requests per second")
    _finish(axes)


def _draw_tasks(axes: Axes, runs: Sequence[Run]) -> None:
    for run in runs:
        drawn = run.seconds[::EVERY_SECONDS]
        tasks = [second.tasks for second in drawn]
        name = run.case.rules_name
        axes.plot(_minutes(len(drawn)), tasks, color=RULES_COLOURS[name], label=f"tasks, {name}")
    axes.set_ylabel("tasks")
    axes.set_xlabel("minutes")
    _finish(axes)


def _minutes(count: int) -> list[float]:
    return [index * EVERY_SECONDS / 60 for index in range(count)]


def _finish(axes: Axes) -> None:
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    axes.legend(fontsize="small")
