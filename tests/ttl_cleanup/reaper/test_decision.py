from dataclasses import replace

import pytest

from ttl_cleanup.reaper.decision import decide
from ttl_cleanup.reaper.stack import Stack
from ttl_cleanup.reaper.steps import (
    Adopt,
    Confirm,
    Delete,
    NoteFailure,
    Retry,
    Step,
    TakeBack,
    Warn,
)
from ttl_cleanup.registry.record import DELETING, Record

NOW = 1_800_000_000
HOUR = 3_600
OVER = NOW + 8 * HOUR
STACK = Stack(
    "arn", "mockenv-payments-env-pr-1", "pr-1", "CREATE_COMPLETE", 8 * HOUR, NOW, False, None
)
RECORD = Record("pr-1", 1, "arn", "active", NOW, NOW, ttl_seconds=8 * HOUR, expires_at=OVER)
WARNED = replace(RECORD, warned_end=OVER, warned_ahead_seconds=900, warned_at=OVER - 900)
FENCED = replace(WARNED, state=DELETING, deletion_began_at=OVER + 300)
FAILED_STACK = replace(STACK, status="DELETE_FAILED", deletion_ms=1)
FAILED = replace(FENCED, deletion_failures=1, failed_deletion_ms=1, failed_at=OVER + 600)


def test_nothing_is_done_while_time_remains() -> None:
    assert decide(RECORD, STACK, NOW + HOUR) is None
    assert decide(None, None, NOW) is None


def test_a_stack_without_a_record_is_adopted_never_deleted() -> None:
    old = replace(STACK, changed_at=1, status="ROLLBACK_COMPLETE")
    assert decide(None, old, NOW) == Adopt(old)


def test_a_stack_with_the_record_of_another_is_adopted() -> None:
    assert decide(replace(WARNED, stack_id="former"), STACK, OVER + HOUR) == Adopt(STACK)


def test_a_record_without_a_stack_is_looked_after() -> None:
    assert decide(WARNED, None, NOW) == Confirm(WARNED)


@pytest.mark.parametrize(
    "status",
    [
        "CREATE_IN_PROGRESS",
        "REVIEW_IN_PROGRESS",
        "UPDATE_IN_PROGRESS",
        "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
        "UPDATE_ROLLBACK_IN_PROGRESS",
        "ROLLBACK_IN_PROGRESS",
        "DELETE_IN_PROGRESS",
    ],
)
@pytest.mark.parametrize("record", [None, WARNED, FENCED])
def test_a_stack_in_progress_is_waited_for(status: str, record: Record | None) -> None:
    assert decide(record, replace(STACK, status=status), OVER + HOUR) is None


def test_people_are_warned_then_it_is_deleted() -> None:
    assert decide(RECORD, STACK, OVER - HOUR) == Warn(RECORD, STACK, OVER, HOUR)
    assert decide(RECORD, STACK, OVER + HOUR) == Warn(RECORD, STACK, OVER, 900)
    assert decide(WARNED, STACK, OVER) is None
    assert decide(WARNED, STACK, OVER + 300) == Delete(WARNED, STACK)


def test_a_deletion_that_was_lost_is_asked_for_again() -> None:
    assert decide(FENCED, STACK, OVER + HOUR) == Delete(FENCED, STACK)


def test_a_deletion_is_taken_back_when_the_stack_was_updated() -> None:
    updated = replace(STACK, status="UPDATE_COMPLETE", changed_at=OVER)
    assert decide(FENCED, updated, OVER + 60) == TakeBack(FENCED, updated)


def test_a_deletion_is_not_taken_back_because_a_clock_is_behind() -> None:
    assert decide(FENCED, STACK, OVER - 60) is None


def test_a_failed_create_is_warned_of_and_deleted_although_its_record_says_deleting() -> None:
    """Its rollback has called the registration with Delete."""
    stack = replace(STACK, status="ROLLBACK_COMPLETE")
    record = replace(RECORD, state=DELETING)
    over = NOW + HOUR
    assert decide(record, stack, over) == Warn(record, stack, over, 900)
    told = replace(record, warned_end=over, warned_ahead_seconds=900, warned_at=over)
    assert decide(told, stack, over + 900) == Delete(told, stack)


def test_failures_are_counted_once_and_tried_again_at_growing_distance() -> None:
    assert decide(FENCED, FAILED_STACK, NOW) == NoteFailure(FENCED, FAILED_STACK)
    at = OVER + 600
    assert decide(FAILED, FAILED_STACK, at + 299) is None
    assert decide(FAILED, FAILED_STACK, at + 300) == Retry(FAILED, FAILED_STACK)
    again = replace(FAILED_STACK, deletion_ms=2)
    assert decide(FAILED, again, at) == NoteFailure(FAILED, again)
    twice = replace(FAILED, deletion_failures=2, failed_deletion_ms=2)
    assert decide(twice, again, at + 1_799) is None
    assert decide(twice, again, at + 1_800) == Retry(twice, again)
    thrice = replace(FAILED, deletion_failures=3, failed_deletion_ms=3)
    assert decide(thrice, replace(again, deletion_ms=3), at + 10**6) is None


def test_an_old_list_does_not_make_a_failure_count_again() -> None:
    twice = replace(FAILED, deletion_failures=2, failed_deletion_ms=2)
    assert decide(twice, FAILED_STACK, OVER + 601) is None


def test_a_failure_without_a_time_is_new_after_a_retry() -> None:
    stack = replace(FAILED_STACK, deletion_ms=None)
    record = replace(FAILED, failed_deletion_ms=None)
    at = OVER + 600
    assert decide(record, stack, at) is None
    assert decide(record, stack, at + 300) == Retry(record, stack)
    tried = replace(record, retried_at=at + 300)
    assert decide(tried, stack, at + 301) == NoteFailure(tried, stack)


@pytest.mark.parametrize("record", [RECORD, WARNED, replace(RECORD, is_pinned=True)])
def test_whoever_began_a_deletion_that_failed_it_goes_on(record: Record) -> None:
    assert decide(record, FAILED_STACK, NOW) == NoteFailure(record, FAILED_STACK)


@pytest.mark.parametrize(
    ("record", "stack", "expected"),
    [
        (WARNED, replace(STACK, is_protected=True), None),
        (WARNED, replace(FAILED_STACK, is_protected=True), None),
        (replace(WARNED, is_pinned=True), STACK, None),
        (WARNED, replace(STACK, ttl_seconds=None), None),
        (replace(WARNED, expires_at=None), STACK, None),
        (FENCED, replace(STACK, is_protected=True), TakeBack),
    ],
)
def test_what_has_no_end_stays(record: Record, stack: Stack, expected: type[Step] | None) -> None:
    step = decide(record, stack, OVER + 10**7)
    assert type(step) is (expected or type(None))
