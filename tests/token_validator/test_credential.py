import pytest

from token_validator.credential import (
    MAX_TOKEN_BYTES,
    CredentialMalformed,
    CredentialMissing,
    CredentialNotBearer,
    CredentialTooLong,
    find_token,
)
from validator_tokens import event


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "bEaReR"])
def test_the_scheme_may_be_in_any_case(scheme: str) -> None:
    assert find_token(event(f"{scheme} abc.def"), "authorization") == "abc.def"


def test_another_header_carries_the_bare_token() -> None:
    assert find_token(event("abc", "x-mock-token"), "x-mock-token") == "abc"


def test_a_token_may_be_as_long_as_the_limit() -> None:
    token = "a" * MAX_TOKEN_BYTES
    assert find_token(event(f"Bearer {token}"), "authorization") == token


def test_a_longer_token_is_refused() -> None:
    with pytest.raises(CredentialTooLong):
        find_token(event("Bearer a" + "a" * MAX_TOKEN_BYTES), "authorization")


@pytest.mark.parametrize(
    "request_event",
    [
        None,
        [],
        "text",
        {},
        {"headers": None},
        {"headers": []},
        {"headers": {"authorization": None}},
        {"headers": {"authorization": ["Bearer abc"]}},
        {"headers": {"authorization": ""}},
        event(None),
        event("abc", "x-mock-token"),
    ],
)
def test_an_event_without_the_header_has_no_credential(request_event: object) -> None:
    with pytest.raises(CredentialMissing):
        find_token(request_event, "authorization")


@pytest.mark.parametrize(
    "value", ["Bearer", "Bearer ", "abc", "Basic abc", "Bearer\tabc", " Bearer abc", "Bearerabc"]
)
def test_only_bearer_credentials_are_read(value: str) -> None:
    with pytest.raises(CredentialNotBearer):
        find_token(event(value), "authorization")


@pytest.mark.parametrize(
    "value",
    [
        "Bearer abc,Bearer def",
        "Bearer abc,def",
        "Bearer  abc",
        "Bearer abc ",
        "Bearer abc def",
        "Bearer abc\n",
        "Bearer abc\x00",
        "Bearer \u00e4bc",
        "Bearer abc\x7f",
    ],
)
def test_more_than_one_credential_or_foreign_characters_are_refused(value: str) -> None:
    with pytest.raises(CredentialMalformed):
        find_token(event(value), "authorization")


@pytest.mark.parametrize("value", ["Bearer abc", "abc,def", "abc,", " abc"])
def test_a_bare_token_is_nothing_but_the_token(value: str) -> None:
    with pytest.raises(CredentialMalformed):
        find_token(event(value, "x-mock-token"), "x-mock-token")
