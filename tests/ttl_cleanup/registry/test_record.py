from dataclasses import replace
from typing import Any

import pytest

from ttl_cleanup.registry.record import (
    DELETING,
    Record,
    UnreadableRecordError,
    changed,
    from_item,
    to_item,
)

FULL = Record(
    environment="pr-1",
    generation=3,
    stack_id="arn",
    state=DELETING,
    created_at=1,
    deployed_at=2,
    ttl_seconds=900,
    expires_at=902,
    is_pinned=True,
    owner="somebody",
    warned_end=902,
    failed_deletion_ms=1_800_000_000_123,
    deletion_failures=2,
)


@pytest.mark.parametrize("record", [FULL, Record("pr-1", 1, "arn", "active", 1, 1)])
def test_what_is_stored_is_read(record: Record) -> None:
    assert from_item(to_item(record)) == record
    assert None not in to_item(record).values()


def test_what_a_later_version_stored_is_left_out() -> None:
    assert from_item(to_item(FULL) | {"colour": "blue"}) == FULL


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"generation": "3"}, "generation is '3'"),
        ({"generation": True}, "generation is True"),
        ({"is_pinned": 1}, "is_pinned is 1"),
        ({"expires_at": "soon"}, "expires_at is 'soon'"),
        ({"state": "sleeping"}, "state is 'sleeping'"),
        ({"stack_id": None}, "stack_id is None"),
    ],
)
def test_what_has_another_form_is_not_read(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(UnreadableRecordError, match=reason):
        from_item(to_item(FULL) | changes)


def test_what_is_missing_is_named() -> None:
    item = to_item(FULL)
    del item["stack_id"]
    with pytest.raises(UnreadableRecordError, match="stack_id"):
        from_item(item)


def test_every_change_is_a_generation() -> None:
    assert changed(FULL, owner="another") == replace(FULL, owner="another", generation=4)
