"""Decides on a request for a token: whose it is, what it may hold, how long it lives (RFC 6749)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mockenv.local.client_credentials import Credentials, client_credentials
from mockenv.local.token_errors import (
    InvalidClientError,
    InvalidGrantError,
    InvalidRequestError,
    InvalidScopeError,
    UnsupportedGrantTypeError,
)
from mockenv.local.token_parameters import Parameters
from mockenv.local.tokens import LONGEST_LIFETIME_SECONDS
from mockenv.local.users import User, Users

DEFAULT_LIFETIME_SECONDS = 30
_WHO = "mockenv up says who may, local.users in mockenv.yaml adds more"


@dataclass(frozen=True)
class Grant:
    """A token that may be signed; `lifetime_seconds` from now."""

    subject: str
    scopes: tuple[str, ...]
    lifetime_seconds: int


def decide_grant(parameters: Parameters, authorization: str | None, users: Users) -> Grant:
    """What a request may have; raises a TokenRequestError that says why it may have nothing."""
    grant_type = parameters.get("grant_type")
    if grant_type is None:
        raise InvalidRequestError(f"add grant_type: {_OFFERED}")
    if grant_type not in GRANT_TYPES:
        raise UnsupportedGrantTypeError(f"grant_type is {_OFFERED}")
    client = client_credentials(authorization, parameters)
    user = GRANT_TYPES[grant_type](parameters, client, users)
    scopes = _scopes(parameters.get("scope"), user)
    return Grant(user.name, scopes, _lifetime_seconds(parameters.get("expires_in")))


def _by_client(_: Parameters, client: Credentials | None, users: Users) -> User:
    if client is None:
        raise InvalidClientError("give user and password by HTTP Basic: curl -u USER:PASSWORD")
    user = users.find(client.name, client.passwords)
    if user is None:
        raise InvalidClientError(f"no user has this name and password: {_WHO}")
    return user


def _by_password(parameters: Parameters, client: Credentials | None, users: Users) -> User:
    if client is not None:
        _by_client(parameters, client, users)
    if "username" not in parameters or "password" not in parameters:
        raise InvalidRequestError("grant_type=password needs username and password")
    user = users.find(parameters["username"], (parameters["password"],))
    if user is None:
        raise InvalidGrantError(f"no user has this name and password: {_WHO}")
    return user


def _scopes(asked: str | None, user: User) -> tuple[str, ...]:
    """All of the user's scopes, or those that are asked for."""
    if asked is None:
        return user.scopes
    wanted = tuple(dict.fromkeys(asked.split(" ")))
    if not set(wanted) <= set(user.scopes):
        allowed = " ".join(user.scopes) or "none"
        raise InvalidScopeError(
            f"this user may ask for these, with one space between them: {allowed}; "
            "local.users in mockenv.yaml changes that"
        )
    return wanted


def _lifetime_seconds(text: str | None) -> int:
    if text is None:
        return DEFAULT_LIFETIME_SECONDS
    seconds = int(text) if re.fullmatch(r"[0-9]{1,5}", text) else 0
    if not 1 <= seconds <= LONGEST_LIFETIME_SECONDS:
        longest = LONGEST_LIFETIME_SECONDS
        raise InvalidRequestError(f"expires_in is a number of seconds, 1 to {longest}")
    return seconds


GRANT_TYPES: Mapping[str, Callable[[Parameters, Credentials | None, Users], User]] = {
    "client_credentials": _by_client,
    "password": _by_password,
}
_OFFERED = " or ".join(GRANT_TYPES)
