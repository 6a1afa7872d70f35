"""What came of a run, in a few figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scaling_simulation.run import Second


@dataclass(frozen=True)
class Outcome:
    """`refused_percent` is of all requests, `turns` is how often the desired number of tasks
    went the other way, `fewest_after` the least number of tasks once it has begun to fall,
    `task_hours` is what is paid for.
    """

    refused_percent: float
    refusing_seconds: int
    most_tasks: int
    fewest_after: int
    turns: int
    task_hours: float


def outcome(seconds: Sequence[Second]) -> Outcome:
    """Sum a run up."""
    refused = sum(second.refused for second in seconds)
    return Outcome(
        refused_percent=100 * refused / sum(second.offered for second in seconds),
        refusing_seconds=sum(second.refused > 0 for second in seconds),
        most_tasks=max(second.tasks for second in seconds),
        fewest_after=_fewest_after([second.tasks for second in seconds]),
        turns=_turns([second.desired for second in seconds]),
        task_hours=sum(second.tasks for second in seconds) / 3600,
    )


def _fewest_after(tasks: Sequence[int]) -> int:
    falls = [second for second, (before, after) in enumerate(pairwise(tasks)) if after < before]
    return min(tasks[falls[0] :]) if falls else tasks[-1]


def _turns(numbers: Sequence[int]) -> int:
    rises = [after > before for before, after in pairwise(numbers) if after != before]
    return sum(this != following for this, following in pairwise(rises))
