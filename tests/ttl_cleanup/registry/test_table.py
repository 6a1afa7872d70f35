from collections.abc import Iterator
from dataclasses import replace

import pytest

from aws_emulator import AwsEmulator, running_emulator
from ttl_cleanup.failure import RefusedError
from ttl_cleanup.registry.record import Record, UnreadableRecordError, changed
from ttl_cleanup.registry.table import MOST_ATTEMPTS, RegistryTable, UnreadableItem


@pytest.fixture(scope="module")
def emulator() -> Iterator[AwsEmulator]:
    with running_emulator() as emulator:
        yield emulator


@pytest.fixture(scope="module")
def table(emulator: AwsEmulator) -> RegistryTable:
    return RegistryTable(emulator.client("dynamodb"), emulator.registry("registry"))


def written(environment: str, generation: int = 1, stack_id: str = "arn") -> Record:
    return Record(environment, generation, stack_id, "active", created_at=1, deployed_at=1)


def test_what_is_written_is_read(table: RegistryTable) -> None:
    record = replace(written("pr-1"), owner="ü", expires_at=7, is_pinned=True)
    assert table.change("pr-1", lambda _: record) == record
    assert table.read("pr-1") == record


def test_nothing_is_read_where_nothing_is(table: RegistryTable) -> None:
    assert table.read("pr-2") is None


def test_a_step_may_leave_the_record_alone(table: RegistryTable) -> None:
    assert table.change("pr-3", lambda _: None) is None
    assert table.read("pr-3") is None


def test_a_record_that_stays_as_it_is_is_not_written(table: RegistryTable) -> None:
    record = table.change("pr-3", lambda _: written("pr-3"))
    assert table.change("pr-3", lambda old: old) == record


def test_a_change_that_came_between_is_seen_and_kept(table: RegistryTable) -> None:
    table.change("pr-4", lambda _: written("pr-4"))
    seen: list[int] = []

    def step(old: Record | None) -> Record:
        assert old is not None
        seen.append(old.generation)
        if len(seen) == 1:  # somebody extends the environment between our reading and writing
            table.change("pr-4", lambda _: replace(written("pr-4", 2), expires_at=9))
        return changed(old)

    table.change("pr-4", step)
    assert seen == [1, 2]
    assert table.read("pr-4") == replace(written("pr-4", 3), expires_at=9)


def test_a_first_record_does_not_overwrite_one_that_came_between(table: RegistryTable) -> None:
    seen: list[Record | None] = []

    def step(old: Record | None) -> Record:
        seen.append(old)
        if old is None:
            table.change("pr-5", lambda _: written("pr-5", stack_id="another"))
            return written("pr-5", stack_id="ours")
        return changed(old)

    table.change("pr-5", step)
    assert len(seen) == 2
    assert table.read("pr-5") == written("pr-5", 2, stack_id="another")


def test_a_successors_record_of_the_same_generation_is_another(table: RegistryTable) -> None:
    """Records are dropped and begin at 1 again: the generation alone has an ABA hole."""
    old = table.change("pr-7", lambda _: written("pr-7", stack_id="old"))
    assert old is not None
    assert table.drop(old) is True
    table.change("pr-7", lambda _: written("pr-7", stack_id="new"))
    assert table.drop(old) is False
    assert table.read("pr-7") == written("pr-7", stack_id="new")


def test_a_record_that_changed_is_not_dropped(table: RegistryTable) -> None:
    old = table.change("pr-8", lambda _: written("pr-8"))
    assert old is not None
    table.change("pr-8", lambda record: changed(record) if record else None)
    assert table.drop(old) is False
    assert table.read("pr-8") == written("pr-8", 2)


def test_endless_contention_ends_with_a_reason(table: RegistryTable) -> None:
    table.change("pr-6", lambda _: written("pr-6"))
    attempts: list[int] = []

    def step(old: Record | None) -> Record:
        assert old is not None
        attempts.append(old.generation)
        table.change("pr-6", lambda now: changed(now) if now else None)
        return replace(old, owner="ours")

    with pytest.raises(RefusedError, match="pr-6 keeps changing"):
        table.change("pr-6", step)
    assert len(attempts) == MOST_ATTEMPTS


def test_all_records_are_read_page_by_page(emulator: AwsEmulator) -> None:
    """A page has 1 MB at most, so that these are several."""
    table = RegistryTable(emulator.client("dynamodb"), emulator.registry("large"))
    environments = {f"pr-{number}" for number in range(1, 21)}
    for environment in environments:
        record = replace(written(environment), owner="o" * 100_000)
        table.change(environment, lambda _, record=record: record)  # type: ignore[misc]
    found = [record for record in table.all() if isinstance(record, Record)]
    assert {record.environment for record in found} == environments


def test_what_can_not_be_read_is_named_and_does_no_harm(emulator: AwsEmulator) -> None:
    table = RegistryTable(emulator.client("dynamodb"), emulator.registry("mixed"))
    table.change("pr-1", lambda _: written("pr-1"))
    broken = {"environment": {"S": "pr-2"}, "generation": {"S": "x"}}
    table.client.put_item(TableName="mixed", Item=broken)
    found = {record.environment: record for record in table.all()}
    assert found["pr-1"] == written("pr-1")
    assert found["pr-2"] == UnreadableItem("pr-2", "generation is 'x'")
    with pytest.raises(UnreadableRecordError):
        table.read("pr-2")
