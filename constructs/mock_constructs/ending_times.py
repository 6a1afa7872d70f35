"""How long the steps of a task's end take, so that no request is lost between two of them.

ECS deregisters a task, waits for the deregistration delay, sends SIGTERM, and kills what is still
there after the stop timeout. On Spot, SIGTERM can come first: then only failing health checks make
the load balancer send nothing more.
"""

import math

from mock_constructs.gateway import TIMEOUT_MILLISECONDS
from mockenv.settings.resolve import EnvironmentSettings

HEALTH_CHECK_SECONDS = 5
HEALTHY_AFTER_CHECKS = 2
UNHEALTHY_AFTER_CHECKS = 2
# An Application Load Balancer's default: it keeps a connection to a task that long without use.
BALANCER_IDLE_SECONDS = 60
LONGEST_REQUEST_SECONDS = math.ceil(TIMEOUT_MILLISECONDS / 1_000)
# Longer than the balancer does, or it would send requests into connections that are closing.
KEEP_ALIVE_SECONDS = BALANCER_IDLE_SECONDS + 5
MARGIN_SECONDS = 1
# What was on its way as SIGTERM came.
SHORT_DRAIN_SECONDS = 5
EPHEMERAL_DEREGISTRATION_SECONDS = 5
LASTING_DEREGISTRATION_SECONDS = LONGEST_REQUEST_SECONDS + MARGIN_SECONDS


def deregistration_seconds(settings: EnvironmentSettings) -> int:
    """Return how long a task that gets no new requests may finish what it has.

    Where environments stay: the longest request that the gateway waits for. Where they go: what
    the settings say of their mocks, as each second of it is added to every deploy and deletion.
    """
    if settings.ttl_seconds is None:
        return LASTING_DEREGISTRATION_SECONDS
    slowest = math.ceil(longest_latency_ms(settings) / 1_000) + MARGIN_SECONDS
    return max(EPHEMERAL_DEREGISTRATION_SECONDS, slowest)


def longest_latency_ms(settings: EnvironmentSettings) -> int:
    """Return the longest delay that a mock's own latency can bring."""
    stated = [mock.latency.stated().values() for mock in settings.mocks if mock.latency]
    return max((ms for values in stated for ms in values), default=0)


def drain_seconds(settings: EnvironmentSettings) -> int:
    """Return how long a task still accepts requests after SIGTERM, its health failing."""
    found_unhealthy = HEALTH_CHECK_SECONDS * UNHEALTHY_AFTER_CHECKS
    return found_unhealthy + 2 * MARGIN_SECONDS if settings.spot else SHORT_DRAIN_SECONDS


def stop_seconds(settings: EnvironmentSettings) -> int:
    """Return how long after SIGTERM ECS kills a task: never before its last request is over."""
    return drain_seconds(settings) + LONGEST_REQUEST_SECONDS + MARGIN_SECONDS
