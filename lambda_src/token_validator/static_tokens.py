"""Fixed bearer tokens, known only by their SHA-256 digests."""

from collections.abc import Iterable

from token_validator.refusal import Refusal


class StaticTokenUnknown(Refusal):
    """The token is none of the fixed ones, and no other kind could accept it."""

    reason = "static_token_unknown"


def is_known(token: str, digests: Iterable[bytes]) -> bool:
    """Whether `token` has one of `digests` (32 bytes each).

    All are compared, each in constant time, so that the time taken tells nothing.
    """
    import hashlib  # noqa: PLC0415 - with hmac 3 ms, only for settings with static tokens
    import hmac  # noqa: PLC0415

    digest = hashlib.sha256(token.encode("utf-8")).digest()
    matches = 0
    for candidate in digests:
        matches |= hmac.compare_digest(digest, candidate)
    return bool(matches)
