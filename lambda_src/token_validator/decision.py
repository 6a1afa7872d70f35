"""The decision on one request: pure, its settings, keys and time are arguments."""

from collections.abc import Mapping
from typing import NamedTuple

from token_validator import claims as claim_checks
from token_validator import jws
from token_validator.credential import find_token
from token_validator.key_choice import KeySource
from token_validator.refusal import Refusal
from token_validator.static_tokens import StaticTokenUnknown, is_known
from token_validator.strict_json import JsonObject


class IssuerUnknown(Refusal):
    """The token's issuer is none of those in the settings."""

    reason = "issuer_unknown"


class AlgorithmNotAllowed(Refusal):
    """The token's algorithm is none of those set for its issuer."""

    reason = "algorithm_not_allowed"


class IssuerRules(NamedTuple):
    """What one issuer's tokens must fulfil, and the keys that they are signed with."""

    audience: frozenset[str]
    algorithms: frozenset[str]
    keys: KeySource


class Rules(NamedTuple):
    """What is accepted: the header that carries the token, fixed tokens, issuers by name."""

    header: str
    static_digests: tuple[bytes, ...]
    issuers: Mapping[str, IssuerRules]


class Caller(NamedTuple):
    """An accepted caller; `kind` is "static" or "jwt", `scopes` are separated by spaces."""

    subject: str
    scopes: str
    kind: str


def decide(event: object, rules: Rules, now: float) -> Caller:
    """Who sent the request that `event` (payload 2.0) describes; raises a Refusal if unclear.

    `now` is in seconds since 1970.
    """
    token = find_token(event, rules.header)
    if rules.static_digests and is_known(token, rules.static_digests):
        return Caller("static", "", "static")
    if not rules.issuers:
        raise StaticTokenUnknown
    return _decide_signed(token, rules.issuers, now)


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
    key = issuer.keys.find_key(parsed.key_id, parsed.algorithm, now)
    key.verify(parsed.signing_input, parsed.signature)
    claim_checks.check_times(claims, now)
    claim_checks.check_audience(claims, issuer.audience)
    subject, scopes = claim_checks.read_identity(claims)
    return Caller(subject, scopes, "jwt")


def _describe(parsed: jws.CompactToken, claims: JsonObject) -> dict[str, str]:
    """What a refused token says of itself: unproven, but what its owner looks for in the log."""
    said = {
        "algorithm": parsed.algorithm,
        "key_id": parsed.key_id,
        "issuer": claims.get("iss"),
        "subject": claims.get("sub"),
    }
    return {name: text for name, text in said.items() if isinstance(text, str)}
