"""Waiting for the mocks."""

from collections.abc import Iterator

import pytest

from mockenv.errors import MockenvError
from mockenv.local.health import HEALTHY_WITHIN_SECONDS, wait_until_healthy


class Clock:
    """A clock that moves when somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


def test_it_looks_until_every_mock_serves() -> None:
    looks: Iterator[dict[str, str]] = iter([{"ledger": "refused"}, {"ledger": "refused"}, {}])
    clock = Clock()
    wait_until_healthy(lambda: next(looks), is_over=lambda: False, clock=clock, wait=clock.wait)
    assert list(looks) == []


def test_a_mock_that_never_serves_is_named_with_its_reason() -> None:
    clock = Clock()
    with pytest.raises(MockenvError, match="not all mocks serve after 60 seconds: ledger: refused"):
        wait_until_healthy(
            lambda: {"ledger": "refused"}, is_over=lambda: False, clock=clock, wait=clock.wait
        )
    assert clock.now == pytest.approx(HEALTHY_WITHIN_SECONDS, abs=1)


def test_a_stop_ends_the_wait() -> None:
    wait_until_healthy(lambda: {"ledger": "refused"}, is_over=lambda: True)


def test_a_process_that_ends_meanwhile_is_an_error_at_once() -> None:
    def ended() -> bool:
        raise MockenvError("it ended", next_step="look")

    with pytest.raises(MockenvError, match="it ended"):
        wait_until_healthy(lambda: {"ledger": "refused"}, is_over=ended)
