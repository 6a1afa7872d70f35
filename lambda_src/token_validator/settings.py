"""What the validator accepts: the JSON of TOKEN_SETTINGS as frozen records, checked once.

Shape: {"header": "authorization" | "x-mock-token", "kinds": [KIND, ...], "scopes": SCOPES} with
KIND as kinds.py says and SCOPES, which may be left out, {"<base path of a mock>": ["<needed
scope>", ...]}.
"""

from collections.abc import Mapping
from typing import NamedTuple

from token_validator import strict_json
from token_validator.kinds import JwtKind, StaticKind, read_kind
from token_validator.shape import (
    SettingsError,
    expect_members,
    read_list,
    read_one_of,
    read_texts_by_name,
)

HEADERS = ("authorization", "x-mock-token")


class TokenSettings(NamedTuple):
    """All that TOKEN_SETTINGS says; `jwt_kinds` have distinct issuers.

    `scopes` are those that a mock needs, by its base path.
    """

    header: str
    static_kinds: tuple[StaticKind, ...]
    jwt_kinds: tuple[JwtKind, ...]
    scopes: Mapping[str, frozenset[str]]


def parse_settings(text: str | None) -> TokenSettings:
    """The settings in `text`; raises SettingsError when it is missing, unclear or too lax."""
    if not text:
        raise SettingsError("TOKEN_SETTINGS is not set")
    try:
        members = strict_json.parse_object(text.encode("utf-8", "surrogateescape"))
    except ValueError as error:
        raise SettingsError(f"TOKEN_SETTINGS: not usable JSON: {error}") from None
    expect_members(
        members, "TOKEN_SETTINGS", required={"header", "kinds"}, optional=frozenset({"scopes"})
    )
    kinds = read_list(members["kinds"], "kinds", read_kind)
    jwt_kinds = tuple(kind for kind in kinds if isinstance(kind, JwtKind))
    _expect_distinct_issuers(jwt_kinds)
    static_kinds = tuple(kind for kind in kinds if isinstance(kind, StaticKind))
    header = read_one_of(members["header"], "header", HEADERS)
    scopes = read_texts_by_name(members.get("scopes", {}), "scopes")
    return TokenSettings(header, static_kinds, jwt_kinds, scopes)


def _expect_distinct_issuers(kinds: tuple[JwtKind, ...]) -> None:
    # A token's issuer selects the one kind that judges it, so two kinds must not share one.
    if len({kind.issuer for kind in kinds}) != len(kinds):
        raise SettingsError("kinds: an issuer is named twice; give it one kind with all audiences")
