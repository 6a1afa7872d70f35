"""Who gets which token."""

import base64
import re

import pytest

from mockenv.local.token_errors import (
    InvalidClientError,
    InvalidGrantError,
    InvalidRequestError,
    InvalidScopeError,
    TokenRequestError,
    UnsupportedGrantTypeError,
)
from mockenv.local.token_grant import Grant, decide_grant
from mockenv.local.users import Users
from mockenv.settings.local import Local

USERS = Users(
    Local.model_validate_json(
        '{"users": {"alice": {"password": "a+b%41", "scopes": ["read", "write"]},'
        ' "bob": {"password": "builder"}}}'
    )
)
BY_PASSWORD = {"grant_type": "password", "username": "alice", "password": "a+b%41"}
BY_SECRET = {
    "grant_type": "client_credentials",
    "client_id": "alice",
    "client_secret": "a+b%41",
}
ALL = Grant("alice", ("read", "write"), 30)


def basic(text: str) -> str:
    return f"Basic {base64.b64encode(text.encode()).decode()}"


@pytest.mark.parametrize(
    ("parameters", "authorization"),
    [
        (BY_PASSWORD, None),
        (BY_PASSWORD | {"client_id": "any-public-client"}, None),
        (BY_PASSWORD, basic("bob:builder")),  # a client that shows who it is, for its user
        (BY_SECRET, None),
        ({"grant_type": "client_credentials"}, basic("alice:a+b%41")),
        ({"grant_type": "client_credentials"}, basic("alice:a%2Bb%2541")),  # as RFC 6749 has it
        (BY_SECRET | {"audience": "unknown parameters mean nothing"}, None),
    ],
)
def test_right_credentials_get_all_scopes_for_30_seconds(
    parameters: dict[str, str], authorization: str | None
) -> None:
    assert decide_grant(parameters, authorization, USERS) == ALL


@pytest.mark.parametrize(
    ("parameters", "authorization", "refused"),
    [
        ({}, None, InvalidRequestError),
        ({"grant_type": "authorization_code"}, None, UnsupportedGrantTypeError),
        ({"grant_type": "PASSWORD"}, None, UnsupportedGrantTypeError),
        (BY_PASSWORD | {"password": "wrong"}, None, InvalidGrantError),
        (BY_PASSWORD | {"username": "carol"}, None, InvalidGrantError),
        (BY_PASSWORD | {"username": "bob"}, None, InvalidGrantError),
        ({"grant_type": "password", "username": "alice"}, None, InvalidRequestError),
        ({"grant_type": "password", "password": "a+b%41"}, None, InvalidRequestError),
        (BY_PASSWORD, basic("bob:wrong"), InvalidClientError),
        (BY_PASSWORD | {"client_id": "x", "client_secret": "x"}, None, InvalidClientError),
        ({"grant_type": "client_credentials"}, None, InvalidClientError),
        ({"grant_type": "client_credentials"}, basic("alice:wrong"), InvalidClientError),
        ({"grant_type": "client_credentials", "client_id": "alice"}, None, InvalidClientError),
        (BY_SECRET | {"client_secret": "a b%41"}, None, InvalidClientError),
        (BY_SECRET, basic("alice:a+b%41"), InvalidRequestError),
    ],
)
def test_others_get_the_error_of_the_standard(
    parameters: dict[str, str], authorization: str | None, refused: type[TokenRequestError]
) -> None:
    with pytest.raises(refused) as caught:
        decide_grant(parameters, authorization, USERS)
    description = caught.value.description
    assert re.fullmatch(r"[ !#-\[\]-~]+", description)  # RFC 6749, appendix A.8
    assert "a+b" not in description


@pytest.mark.parametrize(
    ("scope", "granted"),
    [("read", ("read",)), ("write read", ("write", "read")), ("read read", ("read",))],
)
def test_a_token_may_hold_less_than_its_user(scope: str, granted: tuple[str, ...]) -> None:
    assert decide_grant(BY_SECRET | {"scope": scope}, None, USERS).scopes == granted


@pytest.mark.parametrize("scope", ["admin", "read admin", "READ", "read  write", " read", "réad"])
def test_but_never_more(scope: str) -> None:
    with pytest.raises(InvalidScopeError, match="one space between them: read write;"):
        decide_grant(BY_SECRET | {"scope": scope}, None, USERS)


def test_a_user_without_scopes_has_none_to_ask_for() -> None:
    header = basic("bob:builder")
    assert decide_grant({"grant_type": "client_credentials"}, header, USERS).scopes == ()
    with pytest.raises(InvalidScopeError, match="none"):
        decide_grant({"grant_type": "client_credentials", "scope": "read"}, header, USERS)


@pytest.mark.parametrize(("text", "seconds"), [("1", 1), ("3600", 3600), ("86400", 86_400)])
def test_a_lifetime_can_be_asked_for(text: str, seconds: int) -> None:
    assert decide_grant(BY_SECRET | {"expires_in": text}, None, USERS).lifetime_seconds == seconds


@pytest.mark.parametrize("text", ["0", "86401", "-1", "1.5", "1e3", " 1", "30s", "٣", "9" * 4000])
def test_from_a_second_to_a_day(text: str) -> None:
    with pytest.raises(InvalidRequestError, match="1 to 86400"):
        decide_grant(BY_SECRET | {"expires_in": text}, None, USERS)
