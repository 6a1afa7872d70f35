"""When the number of tasks changes, and by how much.

One figure decides in both directions, so that no rule can work against another: load, in percent of
what the tasks can do, is the higher one of CPU use and requests. CPU use can't pass 100; requests
can, and then say how many tasks are missing.
"""

from collections.abc import Sequence
from typing import NamedTuple

from mockenv.scaling.capacity import TaskCapacity


class Step(NamedTuple):
    """From this load on, in percent, the number of tasks grows by that many percent."""

    load_percent: int
    change_percent: int


# The first three are those that users know. The others bring the load below 60 percent at once.
SCALE_OUT_STEPS = (
    Step(70, 50),
    Step(80, 100),
    Step(90, 200),
    Step(150, 400),
    Step(250, 700),
    Step(400, 1_200),
    Step(700, 1_900),
)
# Until the tasks of one step are in what the alarm sees: metrics, start, metrics again.
SCALE_OUT_COOLDOWN_SECONDS = 180

QUIET_LOAD_PERCENT = 30
QUIET_MINUTES = 5
SCALE_IN_CHANGE_PERCENT = -25
SCALE_IN_COOLDOWN_SECONDS = 300
# A heap sits at 60 to 80 percent whether busy or not: above, a task has no room for others' load.
VETO_MEMORY_PERCENT = 90

PERIOD_SECONDS = 60


def request_metrics(target_groups: int) -> list[str]:
    """Name the metric of requests of each of so many target groups."""
    return ["requests", *(f"requests{number}" for number in range(2, target_groups + 1))]


def load_expression(capacity: TaskCapacity, requests: Sequence[str] = ("requests",)) -> str:
    """Write load, in percent, in CloudWatch's metric math, from `cpu` and metrics of requests.

    `cpu` is in percent, each of `requests` is the count of a task and period in one target group;
    it is missing where there were none (Elastic Load Balancing, "CloudWatch metrics for your
    Application Load Balancer"). Of two groups one serves, but for the minute in which they swap.
    """
    full_cpu = f"{capacity.full_cpu_percent:.4g}"
    full_requests = f"{capacity.requests_per_second * PERIOD_SECONDS:.0f}"
    filled = " + ".join(f"FILL({metric}, 0)" for metric in requests)
    total = filled if len(requests) == 1 else f"({filled})"
    return f"MAX([100 * cpu / {full_cpu}, 100 * {total} / {full_requests}])"


def quiet_expression() -> str:
    """Write, from `load` and `memory` in percent, 1 where tasks can go, and 0 where they can't."""
    return f"IF(load < {QUIET_LOAD_PERCENT} AND memory < {VETO_MEMORY_PERCENT}, 1, 0)"
