from dataclasses import replace

import pytest

from ttl_cleanup.reaper.second_look import objection
from ttl_cleanup.reaper.stack import Stack
from ttl_cleanup.registry.record import DELETING, Record

NOW = 1_800_000_000
OVER = NOW + 900
LISTED = Stack("arn", "mockenv-payments-env-pr-1", "pr-1", "CREATE_COMPLETE", 900, NOW, False, None)
RECORD = Record("pr-1", 2, "arn", DELETING, NOW, NOW, ttl_seconds=900, expires_at=OVER)
FENCED = replace(RECORD, warned_end=OVER, warned_ahead_seconds=900, warned_at=NOW)
LATE = OVER + 300


def test_a_stack_that_is_as_it_was_is_deleted() -> None:
    assert objection(FENCED, LISTED, LISTED, LATE) is None


@pytest.mark.parametrize(
    ("record", "found", "reason"),
    [
        (FENCED, replace(LISTED, stack_id="another"), "another stack has its name"),
        (replace(FENCED, stack_id="another"), LISTED, "another stack has its name"),
        (FENCED, replace(LISTED, status="UPDATE_IN_PROGRESS"), "it is UPDATE_IN_PROGRESS"),
        (FENCED, replace(LISTED, status="DELETE_IN_PROGRESS"), "it is DELETE_IN_PROGRESS"),
        (FENCED, replace(LISTED, is_protected=True), "it is protected"),
        (FENCED, replace(LISTED, changed_at=LATE - 60), "it was renewed"),
        (FENCED, replace(LISTED, ttl_seconds=None), "it was renewed"),
        (replace(FENCED, is_pinned=True), LISTED, "it was renewed"),
        (RECORD, LISTED, "it was renewed"),
    ],
)
def test_what_changed_since_the_list_stays(record: Record, found: Stack, reason: str) -> None:
    assert objection(record, LISTED, found, LATE) == reason


def test_a_failed_deletion_is_tried_again_only_if_it_is_one_still() -> None:
    failed = replace(LISTED, status="DELETE_FAILED", deletion_ms=1)
    assert objection(FENCED, failed, failed, NOW) is None
    assert objection(FENCED, failed, replace(failed, is_protected=True), NOW) == "it is protected"
    running = replace(failed, status="DELETE_IN_PROGRESS")
    assert objection(FENCED, failed, running, NOW) == "it is DELETE_IN_PROGRESS"
    assert objection(FENCED, failed, LISTED, NOW) == "it is CREATE_COMPLETE"
