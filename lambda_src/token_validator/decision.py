"""The decision on one request: pure, its settings, keys and time are arguments."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from token_validator import claims as claim_checks
from token_validator import jws
from token_validator.credential import find_token
from token_validator.identity import read_identity
from token_validator.mock_scopes import check_scopes, needed_scopes
from token_validator.refusal import Refusal
from token_validator.static_tokens import (
    DigestsUnavailable,
    StaticRules,
    StaticTokenUnknown,
    digest_of,
    is_among,
)
from token_validator.strict_json import JsonObject
from token_validator.token_type import check_type

if TYPE_CHECKING:
    from token_validator.key_choice import KeySource


class IssuerUnknown(Refusal):
    """The token's issuer is none of those in the settings."""

    reason = "issuer_unknown"


class AlgorithmNotAllowed(Refusal):
    """The token's algorithm is none of those set for its issuer."""

    reason = "algorithm_not_allowed"


class IssuerRules(NamedTuple):
    """What one issuer's tokens must fulfil, and the keys that they are signed with.

    `audience` is held against `audience_claim`, `claims` are those that a token needs besides,
    `scopes` those that each token has by itself.
    """

    audience: frozenset[str]
    algorithms: frozenset[str]
    keys: "KeySource"
    audience_claim: str = "aud"
    claims: Mapping[str, frozenset[str]] = {}
    scope_claims: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()


class Rules(NamedTuple):
    """What is accepted: the header that carries the token, fixed tokens, issuers by name.

    `scopes` are those that mocks need, by base path.
    """

    header: str
    static: tuple[StaticRules, ...]
    issuers: Mapping[str, IssuerRules]
    scopes: Mapping[str, frozenset[str]] = {}


class Caller(NamedTuple):
    """An accepted caller; `kind` is "static" or "jwt", `scopes` are separated by spaces."""

    subject: str
    scopes: str
    kind: str


def decide(event: object, rules: Rules, now: float) -> Caller:
    """Who sent the request that `event` (payload 2.0) describes; raises a Refusal if unclear.

    `now` is in seconds since 1970. Of the event only the token and the route count, as API
    Gateway caches the answer by these two.
    """
    token = find_token(event, rules.header)
    needed = needed_scopes(event, rules.scopes)
    caller = _find_static(token, rules.static, now) if rules.static else None
    if caller is None:
        if not rules.issuers:
            raise StaticTokenUnknown
        caller = _decide_signed(token, rules.issuers, now)
    check_scopes(needed, caller.scopes)
    return caller


def _find_static(token: str, kinds: tuple[StaticRules, ...], now: float) -> Caller | None:
    """Whose fixed token it is; None for a token of none, which may be a signed one."""
    digest = digest_of(token)
    for kind in kinds:
        try:
            digests = kind.source.digests(now)
        except DigestsUnavailable:
            if token.count(".") == jws.DOT_COUNT:
                continue
            raise
        if is_among(digest, digests):
            return Caller("static", " ".join(kind.scopes), "static")
    return None


def _decide_signed(token: str, issuers: Mapping[str, IssuerRules], now: float) -> Caller:
    parsed = jws.parse_token(token)
    claims = jws.parse_payload(parsed.payload)
    try:
        return _verify(parsed, claims, issuers, now)
    except Refusal as refusal:
        refusal.about |= _describe(parsed, claims)
        raise


def _verify(
    parsed: jws.CompactToken, claims: JsonObject, issuers: Mapping[str, IssuerRules], now: float
) -> Caller:
    issuer = issuers.get(claim_checks.read_issuer(claims))
    if issuer is None:
        raise IssuerUnknown
    if parsed.algorithm not in issuer.algorithms:
        raise AlgorithmNotAllowed
    check_type(parsed.type)
    key = issuer.keys.find_key(parsed.key_id, parsed.algorithm, now)
    key.verify(parsed.algorithm, parsed.signing_input, parsed.signature)
    claim_checks.check_times(claims, now)
    claim_checks.check_audience(claims, issuer.audience, issuer.audience_claim)
    claim_checks.check_demanded(claims, issuer.claims)
    return Caller(*read_identity(claims, issuer.scope_claims, issuer.scopes), "jwt")


def _describe(parsed: jws.CompactToken, claims: JsonObject) -> dict[str, str]:
    """What a refused token says of itself: unproven, but what its owner looks for in the log."""
    said = {
        "algorithm": parsed.algorithm,
        "key_id": parsed.key_id,
        "issuer": claims.get("iss"),
        "subject": claims.get("sub"),
    }
    return {name: text for name, text in said.items() if isinstance(text, str)}
