"""Plays a load curve against an environment's scaling, second by second."""

from dataclasses import dataclass
from typing import NamedTuple

from mockenv.scaling.capacity import TaskCapacity
from scaling_simulation.autoscaling import AutoScaling
from scaling_simulation.cloudwatch import CloudWatch
from scaling_simulation.curves import Curve
from scaling_simulation.fleet import Fleet
from scaling_simulation.rules import Rules

# The load at a curve's 100 fills so much of the most tasks.
SHARE_OF_MOST_TASKS = 0.7


@dataclass(frozen=True)
class World:
    """What is not of the template's making.

    `start_seconds` is from a task's launch to its first request. `cost` is how many times as much
    CPU a request takes as was measured. `delay_seconds` is from a minute's end until alarms see its
    metrics.
    """

    capacity: TaskCapacity
    start_seconds: int
    cost: float = 1
    memory_percent: float = 65
    delay_seconds: int = 60


class Second(NamedTuple):
    """One second: requests that came, that found no room, and tasks."""

    offered: float
    refused: float
    capacity: float
    tasks: int
    desired: int


def play(rules: Rules, curve: Curve, world: World) -> list[Second]:
    """Return what happens in each second; what is beyond the tasks' capacity is refused at once."""
    one_task = world.capacity.requests_per_second / world.cost
    base = rules.most_tasks * SHARE_OF_MOST_TASKS * one_task / 100
    scaling = AutoScaling(rules)
    fleet = Fleet(rules.least_tasks, world.start_seconds)
    cloudwatch = CloudWatch(rules, world.delay_seconds)
    seconds = []
    for now, load in enumerate(curve.loads()):
        scaling.invoke(cloudwatch.invoked(now), now)
        fleet.follow(scaling.desired, now)
        offered, capacity = load * base, fleet.healthy * one_task
        cloudwatch.add_second(
            now,
            cpu_percent=min(1, offered / capacity) * world.capacity.full_cpu_percent,
            memory_percent=world.memory_percent,
            requests=offered,
            targets=fleet.healthy,
        )
        refused = max(0, offered - capacity)
        seconds.append(Second(offered, refused, capacity, fleet.running, scaling.desired))
    return seconds
