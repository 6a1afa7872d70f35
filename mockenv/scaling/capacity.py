"""How much a task can do, from what was measured."""

from collections.abc import Collection
from typing import NamedTuple

from mockenv.settings.model import Engine

# From docs/benchmarks.md, "Beside other mock servers": the mock host on GitHub's description, no
# request twice; MockServer on the pet store (on GitHub's it reads the document, as ours never do).
PRISM_PER_CPU_SECOND = 15_500
MOCKSERVER_PER_CPU_SECOND = 19_300
# From there too: requests that the mock host passes on to another server.
PASSED_ON_PER_CPU_SECOND = 14_900
# Assumed, as nothing was measured on Fargate: its vCPU does half of what the measured core did.
SHARE_OF_MEASURED_CORE = 0.5
CPU_UNITS_PER_CORE = 1024


class TaskCapacity(NamedTuple):
    """Requests per second that one task answers at most, and the CPU use that ECS reports then.

    `full_cpu_percent` is below 100 where a task has more CPU than its processes can use.
    """

    requests_per_second: float
    full_cpu_percent: float


def task_capacity(
    cpu_units: int, engines: Collection[Engine], stated: float | None = None
) -> TaskCapacity:
    """Return what a task with that much CPU can do if all requests go to its slowest engine.

    requests/s = requests per CPU second × share of the measured core × cores in use, unless the
    settings state what a task of these very mocks does.
    """
    cores = cores_in_use(cpu_units, engines)
    per_cpu_second = min(requests_per_cpu_second(engine) for engine in engines)
    return TaskCapacity(
        requests_per_second=stated or per_cpu_second * SHARE_OF_MEASURED_CORE * cores,
        full_cpu_percent=100 * cores / (cpu_units / CPU_UNITS_PER_CORE),
    )


def cores_in_use(cpu_units: int, engines: Collection[Engine]) -> float:
    """Return how many cores can be busy: the mock host answers on one, MockServer on all."""
    cores = cpu_units / CPU_UNITS_PER_CORE
    return cores if Engine.MOCKSERVER in engines else min(1, cores)


def requests_per_cpu_second(engine: Engine) -> float:
    """Return what was measured; a request to MockServer costs the mock host's CPU as well."""
    if engine is Engine.PRISM:
        return PRISM_PER_CPU_SECOND
    return 1 / (1 / MOCKSERVER_PER_CPU_SECOND + 1 / PASSED_ON_PER_CPU_SECOND)
