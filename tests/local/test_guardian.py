"""The guardian: which groups it learns of, and how it ends them."""

import signal
from collections.abc import Set

from mockenv.local.guardian import end_groups, read_groups


class Groups:
    """Process groups that end at SIGTERM, unless they are stubborn."""

    def __init__(self, alive: set[int], stubborn: Set[int] = frozenset()) -> None:
        self.alive = set(alive)
        self.stubborn = stubborn
        self.received: list[tuple[int, int]] = []

    def send(self, group: int, number: int) -> None:
        if group not in self.alive:
            raise ProcessLookupError
        self.received.append((group, number))
        if number == signal.SIGKILL or (number == signal.SIGTERM and group not in self.stubborn):
            self.alive.discard(group)


def test_it_reads_each_group_and_ignores_other_lines() -> None:
    assert read_groups(["+12\n", "hello\n", "+x\n", "-3\n", "+\n", "+7\n", "+12\n"]) == {7, 12}


def test_groups_that_end_when_asked_are_not_killed() -> None:
    groups = Groups({1, 2})
    end_groups({1, 2}, send=groups.send, wait=lambda _: None)
    assert not groups.alive
    assert (1, signal.SIGKILL) not in groups.received
    assert (2, signal.SIGKILL) not in groups.received


def test_a_group_that_does_not_end_is_killed_after_the_grace_time() -> None:
    groups = Groups({1, 2}, stubborn={2})
    waits: list[float] = []
    end_groups({1, 2}, send=groups.send, wait=waits.append, grace_seconds=1, step_seconds=0.25)
    assert not groups.alive
    assert groups.received[-1] == (2, signal.SIGKILL)
    assert sum(waits) == 1


def test_groups_that_are_gone_already_are_left_alone() -> None:
    groups = Groups(set())
    end_groups({5}, send=groups.send, wait=lambda _: None)
    assert groups.received == []
