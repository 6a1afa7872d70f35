"""The kinds of tokens that TOKEN_SETTINGS names.

{"kind": "static", "sha256": ["<64 hex digits>", ...]},
{"kind": "static", "secret": "<ARN>"} or
{"kind": "jwt", "issuer": "...", "audience": ["..."], "algorithms": ["RS256", ...],
and one of "jwks_url": "https://...", "jwks": {"keys": [...]} and "discover": true}.
A jwt kind may have "audience_claim": "..." (default "aud"), "claims": {"<name>": ["<accepted>",
...]} that a token needs besides, and "scope_claims": ["..."] (default "scope", else "scp"). Every
kind may have "scopes": ["..."], which each of its tokens has by itself.
"""

from collections.abc import Mapping
from typing import NamedTuple

from token_validator.address import check_address
from token_validator.shape import (
    SettingsError,
    expect_members,
    read_list,
    read_one_of,
    read_text,
    read_texts_by_name,
)
from token_validator.strict_json import JsonObject

ALGORITHMS = (
    *("RS256", "RS384", "RS512"),
    *("PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512"),
    *("EdDSA", "Ed25519"),
)
DIGEST_BYTES = 32
_KEY_SOURCES = frozenset({"jwks", "jwks_url", "discover"})
_JWT_OPTIONS = frozenset({"audience_claim", "claims", "scope_claims", "scopes"})


class StaticKind(NamedTuple):
    """Bearer tokens known by their SHA-256 digests (32 bytes each), here or in a secret (ARN)."""

    digests: tuple[bytes, ...]
    secret: str | None
    scopes: tuple[str, ...]


class JwtKind(NamedTuple):
    """Signed tokens of one issuer; without `jwks` and `jwks_url` its keys are discovered."""

    issuer: str
    audience_claim: str
    audience: frozenset[str]
    algorithms: frozenset[str]
    claims: Mapping[str, frozenset[str]]
    scope_claims: tuple[str, ...]
    scopes: tuple[str, ...]
    jwks: JsonObject | None
    jwks_url: str | None


def read_digests(value: object, where: str) -> list[bytes]:
    """A list of SHA-256 digests in hex, as 32 bytes each; errors don't quote them."""
    return read_list(value, where, _digest)


def read_kind(value: object, where: str) -> StaticKind | JwtKind:
    """One kind; raises SettingsError with what is wrong at `where`."""
    if not isinstance(value, dict):
        raise SettingsError(f"{where}: not an object")
    name = read_one_of(value.get("kind"), f"{where}.kind", ("static", "jwt"))
    return _static_kind(value, where) if name == "static" else _jwt_kind(value, where)


def _static_kind(members: JsonObject, where: str) -> StaticKind:
    source = "secret" if "secret" in members else "sha256"
    expect_members(members, where, required={"kind", source}, optional=frozenset({"scopes"}))
    scopes = _scopes(members, where)
    if source == "secret":
        return StaticKind((), _secret(members["secret"], f"{where}.secret"), scopes)
    digests = read_digests(members["sha256"], f"{where}.sha256")
    return StaticKind(tuple(digests), None, scopes)


def _jwt_kind(members: JsonObject, where: str) -> JwtKind:
    key_sources = _KEY_SOURCES & members.keys()
    if len(key_sources) != 1:
        raise SettingsError(f"{where}: exactly one of jwks, jwks_url and discover is needed")
    required = {"kind", "issuer", "audience", "algorithms"} | key_sources
    expect_members(members, where, required=required, optional=_JWT_OPTIONS)
    return JwtKind(
        issuer=_issuer(members, where),
        audience_claim=read_text(members.get("audience_claim", "aud"), f"{where}.audience_claim"),
        audience=frozenset(read_list(members["audience"], f"{where}.audience", read_text)),
        algorithms=frozenset(read_list(members["algorithms"], f"{where}.algorithms", _algorithm)),
        claims=read_texts_by_name(members.get("claims", {}), f"{where}.claims"),
        scope_claims=_scope_claims(members, where),
        scopes=_scopes(members, where),
        jwks=_jwks(members["jwks"], f"{where}.jwks") if "jwks" in members else None,
        jwks_url=_address(members, "jwks_url", where) if "jwks_url" in members else None,
    )


def _issuer(members: JsonObject, where: str) -> str:
    """The issuer; one whose keys are discovered is an address that is asked."""
    if "discover" not in members:
        return read_text(members["issuer"], f"{where}.issuer")
    if members["discover"] is not True:
        raise SettingsError(f"{where}.discover: not true")
    return _address(members, "issuer", where)


def _scope_claims(members: JsonObject, where: str) -> tuple[str, ...]:
    if "scope_claims" not in members:
        return ()
    return tuple(read_list(members["scope_claims"], f"{where}.scope_claims", read_text))


def _scopes(members: JsonObject, where: str) -> tuple[str, ...]:
    if "scopes" not in members:
        return ()
    return tuple(read_list(members["scopes"], f"{where}.scopes", read_text))


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


def _secret(value: object, where: str) -> str:
    arn = read_text(value, where).split(":")
    if len(arn) != 7 or arn[0] != "arn" or arn[2] != "secretsmanager" or arn[5] != "secret":
        raise SettingsError(f"{where}: not the ARN of a secret")
    return ":".join(arn)


def _jwks(value: object, where: str) -> JsonObject:
    if not isinstance(value, dict):
        raise SettingsError(f"{where}: not an object")
    return value


def _address(members: JsonObject, name: str, where: str) -> str:
    address = read_text(members[name], f"{where}.{name}")
    try:
        check_address(address)
    except ValueError as error:
        raise SettingsError(f"{where}.{name}: {error}") from None
    return address
