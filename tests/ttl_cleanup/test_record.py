from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration_samples import NEXT_UUID, properties, stack
from ttl_cleanup.registration.failure import RegistrationError
from ttl_cleanup.registration.record import Record, deleting, registered
from ttl_cleanup.registration.request import registration

NOW = 1_800_000_000
OWN = stack()
SECONDS = st.integers(min_value=1, max_value=10**8)


def wanted(**changes: str | None) -> Any:
    return registration(properties(OWN, **changes), OWN)


def first(**changes: str | None) -> Record:
    return registered(None, wanted(**changes), NOW)


def test_a_first_deploy_makes_a_whole_record() -> None:
    assert first(Owner="somebody") == {
        "environment": "pr-123",
        "generation": 1,
        "stack_id": OWN.stack_id,
        "stack_name": "mockenv-payments-env-pr-123",
        "state": "active",
        "url": "https://abc.execute-api.eu-central-1.amazonaws.com",
        "version": "0123456789abcdef",
        "ttl_seconds": 28_800,
        "max_ttl_seconds": 604_800,
        "owner": "somebody",
        "created_at": NOW,
        "updated_at": NOW,
        "expires_at": NOW + 28_800,
    }


def test_an_environment_without_end_has_none_in_its_record() -> None:
    record = first(TtlSeconds=None, MaxTtlSeconds=None)
    assert not {"expires_at", "ttl_seconds", "max_ttl_seconds", "owner"} & set(record)


def test_an_update_renews() -> None:
    record = registered(first(), wanted(), NOW + 3_600)
    assert record["expires_at"] == NOW + 3_600 + 28_800
    assert (record["created_at"], record["updated_at"]) == (NOW, NOW + 3_600)
    assert record["generation"] == 2


@given(extended_by=SECONDS, ttl_seconds=SECONDS, later=st.integers(-300, 10**7))
def test_no_update_shortens_even_if_the_clock_jumps(
    extended_by: int, ttl_seconds: int, later: int
) -> None:
    old = dict(first()) | {"expires_at": NOW + extended_by}
    record = registered(old, wanted(TtlSeconds=str(ttl_seconds)), NOW + later)
    assert record["expires_at"] == max(NOW + extended_by, NOW + later + ttl_seconds)


def test_an_update_does_not_unpin() -> None:
    pinned = {name: value for name, value in first().items() if name != "expires_at"}
    assert "expires_at" not in registered(pinned, wanted(), NOW)


def test_settings_may_give_an_end_to_what_had_none() -> None:
    endless = first(TtlSeconds=None)
    assert registered(endless, wanted(), NOW)["expires_at"] == NOW + 28_800


def test_settings_may_take_the_end_away() -> None:
    assert "expires_at" not in registered(first(), wanted(TtlSeconds=None), NOW)


def test_an_update_keeps_what_others_wrote_and_drops_what_the_deploy_dropped() -> None:
    old = dict(first(Owner="somebody")) | {"warned_at": NOW}
    record = registered(old, wanted(), NOW)
    assert record["warned_at"] == NOW
    assert "owner" not in record


def test_a_deploy_to_a_stack_that_is_being_deleted_fails_at_once() -> None:
    fenced = dict(first()) | {"state": "deleting"}
    with pytest.raises(RegistrationError, match="pr-123 is being deleted: wait"):
        registered(fenced, wanted(), NOW)


@pytest.mark.parametrize("state", ["active", "deleting"])
def test_the_record_of_a_stack_that_is_gone_is_taken_over(state: str) -> None:
    old = dict(first()) | {"state": state, "generation": 7, "warned_at": NOW, "expires_at": 1}
    again = stack(uuid=NEXT_UUID)
    record = registered(old, registration(properties(again), again), NOW + 1)
    assert (record["stack_id"], record["generation"]) == (again.stack_id, 8)
    assert (record["state"], record["created_at"]) == ("active", NOW + 1)
    assert record["expires_at"] == NOW + 1 + 28_800
    assert "warned_at" not in record


def test_deletion_fences_the_record() -> None:
    record = deleting(first(), OWN, NOW + 9)
    assert record == dict(first()) | {"state": "deleting", "generation": 2, "updated_at": NOW + 9}


@pytest.mark.parametrize(
    "old",
    [None, dict(first()) | {"state": "deleting"}, dict(first()) | {"stack_id": "another"}],
)
def test_deletion_changes_nothing_that_is_not_its_own(old: Record | None) -> None:
    assert deleting(old, OWN, NOW) is None
