"""What the validator accepts: the JSON of TOKEN_SETTINGS as frozen records, checked once.

Shape: {"header": "authorization" | "x-mock-token", "kinds": [KIND, ...]} with KIND one of
{"kind": "static", "sha256": ["<64 hex digits>", ...]} and
{"kind": "jwt", "issuer": "...", "audience": ["..."], "algorithms": ["RS256", "ES256"],
and either "jwks_url": "https://..." or "jwks": {"keys": [...]}}.
"""

from typing import NamedTuple

from token_validator import strict_json
from token_validator.jwks_address import check_jwks_address
from token_validator.shape import (
    SettingsError,
    expect_members,
    read_list,
    read_one_of,
    read_text,
)
from token_validator.strict_json import JsonObject

HEADERS = ("authorization", "x-mock-token")
ALGORITHMS = ("RS256", "ES256")
DIGEST_BYTES = 32


class StaticKind(NamedTuple):
    """Bearer tokens known by their SHA-256 digests (32 bytes each)."""

    digests: tuple[bytes, ...]


class JwtKind(NamedTuple):
    """Signed tokens of one issuer; exactly one of `jwks` and `jwks_url` is set."""

    issuer: str
    audience: frozenset[str]
    algorithms: frozenset[str]
    jwks: JsonObject | None
    jwks_url: str | None


class TokenSettings(NamedTuple):
    """All that TOKEN_SETTINGS says; `jwt_kinds` have distinct issuers."""

    header: str
    static_kinds: tuple[StaticKind, ...]
    jwt_kinds: tuple[JwtKind, ...]


def parse_settings(text: str | None) -> TokenSettings:
    """The settings in `text`; raises SettingsError when it is missing, unclear or too lax."""
    if not text:
        raise SettingsError("TOKEN_SETTINGS is not set")
    try:
        members = strict_json.parse_object(text.encode("utf-8", "surrogateescape"))
    except ValueError as error:
        raise SettingsError(f"TOKEN_SETTINGS: not usable JSON: {error}") from None
    expect_members(members, "TOKEN_SETTINGS", required={"header", "kinds"})
    kinds = read_list(members["kinds"], "kinds", _kind)
    jwt_kinds = tuple(kind for kind in kinds if isinstance(kind, JwtKind))
    _expect_distinct_issuers(jwt_kinds)
    static_kinds = tuple(kind for kind in kinds if isinstance(kind, StaticKind))
    return TokenSettings(read_one_of(members["header"], "header", HEADERS), static_kinds, jwt_kinds)


def _kind(value: object, where: str) -> StaticKind | JwtKind:
    if not isinstance(value, dict):
        raise SettingsError(f"{where}: not an object")
    name = read_one_of(value.get("kind"), f"{where}.kind", ("static", "jwt"))
    return _static_kind(value, where) if name == "static" else _jwt_kind(value, where)


def _static_kind(members: JsonObject, where: str) -> StaticKind:
    expect_members(members, where, required={"kind", "sha256"})
    return StaticKind(tuple(read_list(members["sha256"], f"{where}.sha256", _digest)))


def _jwt_kind(members: JsonObject, where: str) -> JwtKind:
    key_sources = {"jwks", "jwks_url"} & members.keys()
    if len(key_sources) != 1:
        raise SettingsError(f"{where}: exactly one of jwks and jwks_url is needed")
    required = {"kind", "issuer", "audience", "algorithms"} | key_sources
    expect_members(members, where, required=required)
    return JwtKind(
        issuer=read_text(members["issuer"], f"{where}.issuer"),
        audience=frozenset(read_list(members["audience"], f"{where}.audience", read_text)),
        algorithms=frozenset(read_list(members["algorithms"], f"{where}.algorithms", _algorithm)),
        jwks=_jwks(members["jwks"], f"{where}.jwks") if "jwks" in members else None,
        jwks_url=_address(members["jwks_url"], where) if "jwks_url" in members else None,
    )


def _expect_distinct_issuers(kinds: tuple[JwtKind, ...]) -> None:
    # A token's issuer selects the one kind that judges it, so two kinds must not share one.
    if len({kind.issuer for kind in kinds}) != len(kinds):
        raise SettingsError("kinds: an issuer is named twice; give it one kind with all audiences")


def _algorithm(value: object, where: str) -> str:
    return read_one_of(value, where, ALGORITHMS)


def _digest(value: object, where: str) -> bytes:
    try:
        digest = bytes.fromhex(read_text(value, where))
    except ValueError:
        digest = b""
    if len(digest) != DIGEST_BYTES:
        raise SettingsError(f"{where}: not a SHA-256 digest in hex")
    return digest


def _jwks(value: object, where: str) -> JsonObject:
    if not isinstance(value, dict):
        raise SettingsError(f"{where}: not an object")
    return value


def _address(value: object, where: str) -> str:
    address = read_text(value, f"{where}.jwks_url")
    try:
        check_jwks_address(address)
    except ValueError as error:
        raise SettingsError(f"{where}.jwks_url: {error}") from None
    return address
