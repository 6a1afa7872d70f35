"""What a token says about itself (RFC 7519 section 4.1), held against the settings."""

import math
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from token_validator.refusal import Refusal
from token_validator.strict_json import JsonObject

# For issuers whose clock runs ahead. Expiry has none: with it, a token of 30 s would live 90.
LEEWAY_SECONDS = 60


class IssuerMissing(Refusal):
    """`iss` is missing or not a text."""

    reason = "issuer_missing"


class AudienceMissing(Refusal):
    """`aud` is missing."""

    reason = "audience_missing"


class AudienceMalformed(Refusal):
    """`aud` is neither a text nor a list of texts."""

    reason = "audience_malformed"


class AudienceWrong(Refusal):
    """`aud` names none of the accepted audiences."""

    reason = "audience_wrong"


class ExpiryMissing(Refusal):
    """`exp` is missing: the token would be valid for ever."""

    reason = "expiry_missing"


class TimeMalformed(Refusal):
    """`exp`, `nbf` or `iat` is not a finite number of seconds."""

    reason = "time_malformed"


class TokenExpired(Refusal):
    """`exp` has come."""

    reason = "token_expired"


class TokenNotYetValid(Refusal):
    """`nbf` is more than the leeway ahead."""

    reason = "token_not_yet_valid"


class TokenIssuedInFuture(Refusal):
    """`iat` is more than the leeway ahead."""

    reason = "token_issued_in_future"


class SubjectMalformed(Refusal):
    """`sub` is not a printable text; it is passed on and logged."""

    reason = "subject_malformed"


class ScopesMalformed(Refusal):
    """`scope` or `scp` is neither a text nor a list of texts without spaces."""

    reason = "scopes_malformed"


class Identity(NamedTuple):
    """Who the caller is: `subject` may be empty, `scopes` are separated by single spaces."""

    subject: str
    scopes: str


def read_issuer(claims: JsonObject) -> str:
    """The issuer that the token names: it selects the settings that judge it, nothing more."""
    issuer = claims.get("iss")
    if not isinstance(issuer, str) or not issuer:
        raise IssuerMissing
    return issuer


def check_times(claims: JsonObject, now: float) -> None:
    """Raises a Refusal unless the token is valid at `now` (seconds since 1970)."""
    if "exp" not in claims:
        raise ExpiryMissing
    if now >= _seconds(claims["exp"]):
        raise TokenExpired
    if "nbf" in claims and _seconds(claims["nbf"]) > now + LEEWAY_SECONDS:
        raise TokenNotYetValid
    if "iat" in claims and _seconds(claims["iat"]) > now + LEEWAY_SECONDS:
        raise TokenIssuedInFuture


def check_audience(claims: JsonObject, accepted: AbstractSet[str]) -> None:
    """Raises a Refusal unless the token is meant for one of `accepted`."""
    if "aud" not in claims:
        raise AudienceMissing
    named = claims["aud"]
    audiences = [named] if isinstance(named, str) else named
    if not isinstance(audiences, list) or not all(isinstance(name, str) for name in audiences):
        raise AudienceMalformed
    if accepted.isdisjoint(audiences):
        raise AudienceWrong


def read_identity(claims: JsonObject) -> Identity:
    """Subject and scopes; scopes from `scope` (RFC 8693) or `scp`, which some issuers use."""
    subject = claims.get("sub", "")
    if not isinstance(subject, str) or not subject.isprintable():
        raise SubjectMalformed
    return Identity(subject, " ".join(_scopes(claims.get("scope", claims.get("scp", "")))))


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TimeMalformed
    if isinstance(value, float) and not math.isfinite(value):  # JSON's 1e999 becomes infinity
        raise TimeMalformed
    return value


def _scopes(value: object) -> list[str]:
    scopes = value.split(" ") if isinstance(value, str) else value
    if not isinstance(scopes, list) or not all(_is_scope(scope) for scope in scopes):
        raise ScopesMalformed
    return [scope for scope in scopes if scope]


def _is_scope(scope: object) -> bool:
    return isinstance(scope, str) and " " not in scope and scope.isprintable()
