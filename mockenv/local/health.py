"""Asks a local environment whether all of its mocks serve."""

import http.client
import json
import time
from collections.abc import Callable

from mockenv.errors import MockenvError
from mockenv.local.plan import LOOPBACK
from mockenv.names import HEALTH_PATH

POLL_SECONDS = 0.1
TIMEOUT_SECONDS = 5.0
HEALTHY_WITHIN_SECONDS = 60.0

Unhealthy = dict[str, str]


def wait_until_healthy(
    unhealthy_mocks: Callable[[], Unhealthy],
    *,
    is_over: Callable[[], bool],
    clock: Callable[[], float] = time.monotonic,
    wait: Callable[[float], None] = time.sleep,
) -> None:
    """Wait until no mock is unhealthy or `is_over`; raises MockenvError after a minute.

    `is_over` is asked before every look, and may raise an error of its own.
    """
    deadline = clock() + HEALTHY_WITHIN_SECONDS
    while not is_over() and (unhealthy := unhealthy_mocks()):
        if clock() > deadline:
            listed = "; ".join(f"{name}: {reason}" for name, reason in unhealthy.items())
            raise MockenvError(
                f"not all mocks serve after {HEALTHY_WITHIN_SECONDS:.0f} seconds: {listed}",
                next_step="look into their logs in .mockenv, beside the settings file",
            )
        wait(POLL_SECONDS)


def unhealthy_mocks(port: int) -> Unhealthy:
    """Ask the mock host which mocks don't serve, and why."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", HEALTH_PATH)
        report = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    return {
        mock["name"]: mock.get("reason", "no reason given")
        for mock in report["mocks"]
        if mock["state"] != "serving"
    }
