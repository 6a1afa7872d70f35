from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration_samples import NEXT_UUID, properties, stack
from ttl_cleanup.failure import RefusedError
from ttl_cleanup.registration.request import registration
from ttl_cleanup.registry.changes import deleting, extended, pinned, registered, unpinned
from ttl_cleanup.registry.record import DELETING, Record

NOW = 1_800_000_000
OWN = stack()
SECONDS = st.integers(min_value=1, max_value=10**8)


def wanted(**changes: str | None) -> Any:
    return registration(properties(OWN, **changes), OWN)


def first(**changes: str | None) -> Record:
    return registered(None, wanted(**changes), NOW)


def test_a_first_deploy_makes_a_whole_record() -> None:
    assert first(Owner="somebody") == Record(
        environment="pr-123",
        generation=1,
        stack_id=OWN.stack_id,
        state="active",
        url="https://abc.execute-api.eu-central-1.amazonaws.com",
        version="0123456789abcdef",
        ttl_seconds=28_800,
        max_ttl_seconds=604_800,
        owner="somebody",
        created_at=NOW,
        deployed_at=NOW,
        expires_at=NOW + 28_800,
    )


def test_an_environment_without_end_has_none_in_its_record() -> None:
    record = first(TtlSeconds=None, MaxTtlSeconds=None)
    assert (record.expires_at, record.latest_expiry) == (None, None)


def test_an_update_renews() -> None:
    record = registered(first(), wanted(), NOW + 3_600)
    assert record.expires_at == NOW + 3_600 + 28_800
    assert (record.created_at, record.deployed_at) == (NOW, NOW + 3_600)
    assert record.generation == 2


@given(extended_by=SECONDS, ttl_seconds=SECONDS, later=st.integers(-300, 10**7))
def test_no_update_shortens_even_if_the_clock_jumps(
    extended_by: int, ttl_seconds: int, later: int
) -> None:
    old = replace(first(), expires_at=NOW + extended_by)
    record = registered(old, wanted(TtlSeconds=str(ttl_seconds)), NOW + later)
    assert record.expires_at == max(NOW + extended_by, NOW + later + ttl_seconds)


def test_an_update_does_not_unpin() -> None:
    assert registered(pinned(first()), wanted(), NOW).is_pinned is True


def test_settings_may_give_an_end_to_what_had_none() -> None:
    endless = first(TtlSeconds=None)
    assert registered(endless, wanted(), NOW).expires_at == NOW + 28_800


def test_settings_may_take_the_end_away() -> None:
    assert registered(first(), wanted(TtlSeconds=None), NOW).expires_at is None


def test_an_update_keeps_the_warnings_and_drops_what_the_deploy_dropped() -> None:
    old = replace(first(Owner="somebody"), warned_end=9, warned_ahead_seconds=900, warned_at=8)
    record = registered(old, wanted(), NOW)
    assert (record.warned_end, record.warned_ahead_seconds, record.warned_at) == (9, 900, 8)
    assert record.owner is None


def test_a_deploy_takes_back_a_deletion() -> None:
    fenced = replace(first(), state=DELETING, deletion_began_at=NOW, deletion_failures=1)
    record = registered(fenced, wanted(), NOW + 60)
    assert (record.state, record.deletion_began_at, record.deletion_failures) == ("active", None, 0)


@pytest.mark.parametrize("state", ["active", "deleting"])
def test_the_record_of_a_stack_that_is_gone_is_taken_over(state: str) -> None:
    old = replace(first(), state=state, generation=7, warned_end=NOW, expires_at=1, is_pinned=True)
    again = stack(uuid=NEXT_UUID)
    record = registered(old, registration(properties(again), again), NOW + 1)
    assert (record.stack_id, record.generation) == (again.stack_id, 8)
    assert (record.state, record.created_at) == ("active", NOW + 1)
    assert record.expires_at == NOW + 1 + 28_800
    assert (record.warned_end, record.is_pinned) == (None, False)


def test_deletion_fences_the_record() -> None:
    record = deleting(first(), OWN, NOW + 9)
    assert record == replace(first(), state=DELETING, generation=2, deletion_began_at=NOW + 9)


@pytest.mark.parametrize(
    "old",
    [None, replace(first(), state=DELETING), replace(first(), stack_id="another")],
)
def test_deletion_changes_nothing_that_is_not_its_own(old: Record | None) -> None:
    assert deleting(old, OWN, NOW) is None


def test_an_extension_moves_the_end_and_never_backward() -> None:
    later = NOW + 100_000
    assert extended(first(), later).expires_at == later
    assert extended(first(), NOW).expires_at == NOW + 28_800
    assert extended(first(), later).generation == 2


def test_an_extension_past_the_maximum_has_to_be_meant() -> None:
    beyond = NOW + 604_801
    with pytest.raises(RefusedError, match="can't be extended past its maximum"):
        extended(first(), beyond)
    assert extended(first(), beyond, beyond_max=True).expires_at == beyond
    assert extended(first(MaxTtlSeconds=None), beyond).expires_at == beyond


@pytest.mark.parametrize("change", [lambda r: extended(r, NOW), pinned, lambda r: unpinned(r, NOW)])
def test_what_is_unknown_or_being_deleted_is_not_changed(change: Any) -> None:
    with pytest.raises(RefusedError, match="is not registered"):
        change(None)
    with pytest.raises(RefusedError, match="pr-123 is being deleted"):
        change(replace(first(), state=DELETING))


def test_what_has_no_end_can_not_be_extended() -> None:
    with pytest.raises(RefusedError, match="has no end"):
        extended(first(TtlSeconds=None), NOW)


def test_unpinning_gives_a_whole_ttl_from_now() -> None:
    late = NOW + 10**6
    record = unpinned(pinned(first()), late)
    assert (record.is_pinned, record.expires_at) == (False, late + 28_800)
    assert unpinned(pinned(first()), NOW - 100).expires_at == NOW + 28_800
    assert unpinned(pinned(first(TtlSeconds=None)), NOW).expires_at is None
