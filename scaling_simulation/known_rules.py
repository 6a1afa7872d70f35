"""The rules that users know, copied as they are: what ours are compared with.

Each metric by itself: CPU and memory at 70, 80 and 90 percent, requests per target and minute at
1,000 and 2,000; five minutes below 30 percent of CPU let a quarter of the tasks go.
"""

import math

from scaling_simulation.rules import Alarm, Policy, Rules, Step

COOLDOWN_SECONDS = 60
PERCENT_STEPS = (Step(0, 10, 50), Step(10, 20, 100), Step(20, math.inf, 200))
REQUEST_STEPS = (Step(0, 1_000, 50), Step(1_000, math.inf, 100))


def known_rules(least_tasks: int, most_tasks: int) -> Rules:
    """Return them for an environment with these bounds."""
    alarms = (
        _scale_out("cpu", 70, PERCENT_STEPS),
        _scale_out("memory", 70, PERCENT_STEPS),
        _scale_out("requests", 1_000, REQUEST_STEPS),
        Alarm((("low", "cpu"),), 30, False, 5, Policy(300, 1, (Step(-math.inf, 0, -25),))),
    )
    return Rules(least_tasks, most_tasks, alarms)


def _scale_out(metric: str, threshold: float, steps: tuple[Step, ...]) -> Alarm:
    policy = Policy(COOLDOWN_SECONDS, 1, steps)
    return Alarm((("high", metric),), threshold, True, 1, policy)
