"""The times that are played, as a table, for the page that explains them."""

from collections.abc import Callable, Mapping
from itertools import accumulate

from rollout_proof.times import Template, Times, read_times

COLUMNS = {
    "pr-123": "goes",
    "load": "goes, Spot",
    "int": "stays",
    "stage": "stays, blue-green",
}
ROWS: Mapping[str, Callable[[Times], str]] = {
    "healthy after": lambda t: f"{t.healthy_checks} checks, {t.check_interval:g} s apart",
    "unhealthy after": lambda t: f"{t.unhealthy_checks} checks, {t.check_interval:g} s apart",
    "a new task's health counts after": lambda t: f"{t.grace:g} s",
    "tasks while it deploys": lambda t: f"{t.least_percent} to {t.most_percent} %",
    "the old tasks stay after the swap": lambda t: f"{t.bake:g} s" if t.bake else "",
    "deregistration delay": lambda t: f"{t.deregistration:g} s",
    "accepts after SIGTERM": lambda t: f"{t.drain:g} s",
    "then finishes requests for": lambda t: f"{t.finish:g} s",
    "longest request that the gateway waits for": lambda t: f"{t.longest_request:g} s",
    "killed after SIGTERM": lambda t: f"{t.stop:g} s",
    "connection without use: the balancer closes after": lambda t: f"{t.idle:g} s",
    "connection without use: the task closes after": lambda t: f"{t.keep_alive:g} s",
}


def rolling_seconds(times: Times, start_seconds: float) -> list[float]:
    """List when the steps of a rolling deployment come: from its begin to when what is left of old
    tasks would be killed. `start_seconds` is from a task's launch to its second good check.
    """
    steps = (
        start_seconds - times.healthy_checks * times.check_interval,  # registered
        times.healthy_checks * times.check_interval,  # gets requests, old ones are deregistered
        times.deregistration,  # SIGTERM
        times.drain,  # the port closes
        times.stop - times.drain,  # killed
    )
    return [0, *accumulate(steps)]


def times_table(templates: Mapping[str, Template]) -> str:
    """Return the times of each kind of environment as a table in Markdown."""
    times = [read_times(templates[stack], templates["network"]) for stack in COLUMNS]
    header = [f"| | {' | '.join(COLUMNS.values())} |", "|---|" + "---|" * len(COLUMNS)]
    rows = [f"| {name} | {' | '.join(map(cell, times))} |" for name, cell in ROWS.items()]
    return "\n".join([*header, *rows])
