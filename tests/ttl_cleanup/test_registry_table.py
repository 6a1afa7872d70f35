from collections.abc import Iterator
from decimal import Decimal

import pytest

from aws_emulator import running_emulator
from ttl_cleanup.registration.failure import RegistrationError
from ttl_cleanup.registration.record import Record
from ttl_cleanup.registration.registry_table import MOST_ATTEMPTS, RegistryTable


@pytest.fixture(scope="module")
def table() -> Iterator[RegistryTable]:
    with running_emulator() as emulator:
        yield RegistryTable(emulator.client("dynamodb"), emulator.registry("registry"))


def written(environment: str, generation: int, **others: object) -> Record:
    return {"environment": environment, "generation": generation, **others}


def test_what_is_written_is_read(table: RegistryTable) -> None:
    record = written("pr-1", 1, text="ü", number=7, share=Decimal("0.5"), pinned=True)
    table.change("pr-1", lambda _: record)
    assert table.read("pr-1") == record
    assert type((table.read("pr-1") or {})["number"]) is int


def test_nothing_is_read_where_nothing_is(table: RegistryTable) -> None:
    assert table.read("pr-2") is None


def test_a_step_may_leave_the_record_alone(table: RegistryTable) -> None:
    table.change("pr-3", lambda _: None)
    assert table.read("pr-3") is None


def test_a_change_that_came_between_is_seen_and_kept(table: RegistryTable) -> None:
    table.change("pr-4", lambda _: written("pr-4", 1))
    seen: list[int] = []

    def step(old: Record | None) -> Record:
        assert old is not None
        seen.append(old["generation"])
        if len(seen) == 1:  # somebody extends the environment between our reading and writing
            table.change("pr-4", lambda _: written("pr-4", 2, expires_at=9))
        return dict(old) | {"generation": old["generation"] + 1}

    table.change("pr-4", step)
    assert seen == [1, 2]
    assert table.read("pr-4") == written("pr-4", 3, expires_at=9)


def test_a_first_record_does_not_overwrite_one_that_came_between(table: RegistryTable) -> None:
    seen: list[Record | None] = []

    def step(old: Record | None) -> Record:
        seen.append(old)
        if old is None:
            table.change("pr-5", lambda _: written("pr-5", 1, stack_id="another"))
            return written("pr-5", 1, stack_id="ours")
        return dict(old) | {"generation": 2}

    table.change("pr-5", step)
    assert len(seen) == 2
    assert table.read("pr-5") == written("pr-5", 2, stack_id="another")


def test_endless_contention_ends_with_a_reason(table: RegistryTable) -> None:
    table.change("pr-6", lambda _: written("pr-6", 1))
    attempts: list[int] = []

    def step(old: Record | None) -> Record:
        assert old is not None
        attempts.append(old["generation"])
        table.change("pr-6", lambda now: dict(now or {}) | {"generation": old["generation"] + 1})
        return dict(old)

    with pytest.raises(RegistrationError, match="pr-6 keeps changing"):
        table.change("pr-6", step)
    assert len(attempts) == MOST_ATTEMPTS
