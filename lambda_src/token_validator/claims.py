"""What a token says about itself (RFC 7519 section 4.1), held against the settings."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from token_validator.refusal import Refusal
from token_validator.strict_json import JsonObject

# For issuers whose clock runs ahead. Expiry has none: with it, a token of 30 s would live 90.
LEEWAY_SECONDS = 60
LATEST_SECONDS = 253_402_300_799  # the end of the year 9999: what is later is no time


class IssuerMissing(Refusal):
    """`iss` is missing or not a text."""

    reason = "issuer_missing"


class AudienceMissing(Refusal):
    """`aud`, or the claim that stands in its place, is missing."""

    reason = "audience_missing"


class AudienceMalformed(Refusal):
    """The audience is neither a text nor a list of texts."""

    reason = "audience_malformed"


class AudienceWrong(Refusal):
    """The token is meant for none of the accepted audiences."""

    reason = "audience_wrong"


class ClaimMissing(Refusal):
    """A claim that the settings demand is missing."""

    reason = "claim_missing"


class ClaimWrong(Refusal):
    """A claim has none of the values that the settings accept."""

    reason = "claim_wrong"


class ExpiryMissing(Refusal):
    """`exp` is missing: the token would be valid for ever."""

    reason = "expiry_missing"


class TimeMalformed(Refusal):
    """`exp`, `nbf` or `iat` is not a number of seconds between 1970 and the year 9999."""

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


def check_audience(claims: JsonObject, accepted: AbstractSet[str], claim: str = "aud") -> None:
    """Raises a Refusal unless the token is meant, by that `claim`, for one of `accepted`."""
    if claim not in claims:
        raise AudienceMissing
    named = claims[claim]
    audiences = [named] if isinstance(named, str) else named
    if not isinstance(audiences, list) or not all(isinstance(name, str) for name in audiences):
        raise AudienceMalformed
    if accepted.isdisjoint(audiences):
        raise AudienceWrong


def check_demanded(claims: JsonObject, demanded: Mapping[str, AbstractSet[str]]) -> None:
    """Raises a Refusal unless each of the `demanded` claims is one of the texts given for it."""
    for name, accepted in demanded.items():
        if name not in claims:
            raise ClaimMissing(claim=name)
        said = claims[name]
        if not isinstance(said, str) or said not in accepted:
            raise ClaimWrong(claim=name)


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TimeMalformed
    # JSON's 1e999 becomes infinity, which is refused here too; integers stay exact.
    if not 0 <= value <= LATEST_SECONDS:
        raise TimeMalformed
    return value
