"""Where an alarm begins, for what depends on an environment's mocks."""

from collections.abc import Iterable

from mockenv.settings.resolve import EnvironmentSettings, MockSettings
from mockenv.settings.sizes import MockLoad, needed_memory_mib

CPU_PERCENT = 70
MEMORY_PERCENT = 70
# A mock that is not slow by its settings answers within milliseconds, whatever its size
# (docs/benchmarks.md): a second more than the slowest is not its own time.
SLOWER_BY_MS = 1_000
SERVER_ERROR = 500
# Of errors that the settings ask for, chance alone brings no more than this many times the share.
MOST_BY_CHANCE = 2
# Tasks that scaling brings need metrics, a start and health checks; a ramp has several such steps.
STEADY_MINUTES = 5
SCALING_MINUTES = 15


def memory_percent(settings: EnvironmentSettings) -> int:
    """Return 70, or midway between what the mocks by themselves fill and all, if that is more.

    Heaps of Node and Java stay where they were once: a task with little to spare is above 70 at
    rest.
    """
    loads = (MockLoad(mock.engine, mock.source.stat().st_size) for mock in settings.mocks)
    filled = 100 * needed_memory_mib(loads) / settings.size.memory_mib
    return max(MEMORY_PERCENT, min(95, round((filled + 100) / 2)) if filled > 60 else 0)


def latency_ms(mocks: Iterable[MockSettings]) -> int:
    """Return what the slowest mock takes by its settings, and a second."""
    slowest = [max(mock.latency.stated().values()) for mock in mocks if mock.latency]
    return max(slowest, default=0) + SLOWER_BY_MS


def expected_error_share(mocks: Iterable[MockSettings]) -> float:
    """Return the share of 5XX that the settings ask of the mock that fails most."""
    shares = (
        mock.errors.share
        for mock in mocks
        if mock.errors is not None and mock.errors.status >= SERVER_ERROR
    )
    return max(shares, default=0)


def missing_minutes(settings: EnvironmentSettings) -> int:
    """Return for how long tasks may be missing before somebody has to look."""
    scales = settings.tasks.max > settings.tasks.min
    return SCALING_MINUTES if scales else STEADY_MINUTES
