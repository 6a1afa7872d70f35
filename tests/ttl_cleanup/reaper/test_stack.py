from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockenv.settings.durations import format_ttl, parse_ttl
from ttl_cleanup.reaper.owner import IDENTITY_CHECKS, Owner
from ttl_cleanup.reaper.stack import Stack, UnreadableStackError, read_stack
from ttl_cleanup.ttl_tag import ttl_seconds

OWNER = Owner("payments", "123456789012", "eu-central-1")
NAME = "mockenv-payments-env-pr-1"
ID = (
    f"arn:aws:cloudformation:eu-central-1:123456789012:stack/{NAME}/"
    "466df9e0-0dff-08e3-8e2f-5088487c4896"
)
CREATED = datetime(2027, 1, 15, 8, 0, tzinfo=UTC)


def described(
    tags: dict[str, str] | None = None, missing_tag: str = "", **changes: Any
) -> dict[str, Any]:
    own = {"project": "payments", "environment": "pr-1", "ttl": "8h"} | (tags or {})
    return {
        "StackId": ID,
        "StackName": NAME,
        "StackStatus": "CREATE_COMPLETE",
        "CreationTime": CREATED,
        "Tags": [
            {"Key": f"mockenv:{key}", "Value": value}
            for key, value in own.items()
            if key != missing_tag
        ],
    } | changes


def read(description: dict[str, Any]) -> Stack | None:
    return read_stack(description, OWNER, IDENTITY_CHECKS)


def test_an_environments_stack_is_read() -> None:
    seconds = int(CREATED.timestamp())
    assert read(described()) == Stack(
        ID, NAME, "pr-1", "CREATE_COMPLETE", 28_800, seconds, False, None
    )


def test_the_last_update_and_deletion_count() -> None:
    later = datetime(2027, 1, 15, 9, 0, 0, 5_000, tzinfo=UTC)
    stack = read(described(LastUpdatedTime=later, DeletionTime=later))
    assert stack is not None
    assert stack.changed_at == int(later.timestamp())
    assert stack.deletion_ms == int(later.timestamp()) * 1_000 + 5


@pytest.mark.parametrize(
    "description",
    [
        described(StackName="production", tags={"project": "billing"}),
        described(StackName="production", missing_tag="environment"),
        described(StackName="production", Tags=[]),
        described(ParentId="arn:parent"),
        described(StackStatus="REVIEW_IN_PROGRESS"),
        described(StackStatus="REVIEW_IN_PROGRESS", Tags=[]),
        described(StackName="mockenv-payments-network", missing_tag="environment"),
    ],
)
def test_what_is_no_environment_is_nothing_to_us(description: dict[str, Any]) -> None:
    assert read(description) is None


@pytest.mark.parametrize(
    ("description", "problem"),
    [
        (described(StackName="production"), "its name is not mockenv-payments-env-pr-1"),
        (described(tags={"project": "billing"}), "its tag mockenv:project is not payments"),
        (described(missing_tag="environment"), "its name is not"),
        (described(missing_tag="ttl"), "its tag mockenv:ttl is no TTL"),
        (described(tags={"ttl": "soon"}), "its tag mockenv:ttl is no TTL"),
        (described(tags={"environment": "pr-2"}), "its name is not mockenv-payments-env-pr-2"),
        (
            described(StackId=ID.replace("eu-central-1", "us-east-1")),
            "another account or region",
        ),
        (described(StackId=ID.replace("123456789012", "1" * 12)), "another account or region"),
        (described(StackId=ID.replace("env-pr-1", "env-pr-2")), "not that of a stack of its name"),
        (described(CreationTime="yesterday"), "is no time"),
    ],
)
def test_what_claims_to_be_one_and_is_not_is_kept_and_named(
    description: dict[str, Any], problem: str
) -> None:
    with pytest.raises(UnreadableStackError, match=problem):
        read(description)


@given(st.sampled_from(["m", "h", "d"]), st.integers(1, 999_999))
def test_a_ttl_means_the_same_in_the_settings_and_here(unit: str, number: int) -> None:
    """The Lambda package has no settings, so the form stands in two places."""
    text = f"{number}{unit}"
    try:
        expected = parse_ttl(text)
    except ValueError:
        return
    assert ttl_seconds(text) == expected
    assert ttl_seconds(format_ttl(expected)) == expected


@given(st.text(max_size=12))
def test_what_the_settings_refuse_is_not_made_an_end_of(text: str) -> None:
    try:
        seconds = ttl_seconds(text)
    except ValueError:
        with pytest.raises(ValueError, match="TTL"):
            parse_ttl(text)
    else:
        assert seconds is None or seconds > 0
