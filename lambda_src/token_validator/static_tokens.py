"""Fixed bearer tokens, known only by their SHA-256 digests."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from token_validator.refusal import Refusal

if TYPE_CHECKING:  # a protocol takes longer to make than a token to verify
    from typing import Protocol

    class DigestSource(Protocol):
        """Where digests come from."""

        def digests(self, now: float) -> tuple[bytes, ...]:
            """Those that count at `now` (32 bytes each); raises DigestsUnavailable."""


class StaticTokenUnknown(Refusal):
    """The token is none of the fixed ones, and no other kind could accept it."""

    reason = "static_token_unknown"


class DigestsUnavailable(Refusal):
    """The secret that holds the digests was never read, or too long ago."""

    reason = "digests_unavailable"


class FixedDigests:
    """Digests that are written in the settings."""

    def __init__(self, values: tuple[bytes, ...]) -> None:
        self._values = values

    def digests(self, now: float) -> tuple[bytes, ...]:  # noqa: ARG002
        """The digests, whatever the time."""
        return self._values


class StaticRules(NamedTuple):
    """Fixed tokens, and the scopes that they have."""

    source: "DigestSource"
    scopes: tuple[str, ...]


def digest_of(token: str) -> bytes:
    """The SHA-256 digest of `token`."""
    import hashlib  # noqa: PLC0415 - 2 ms, only for settings with static tokens

    return hashlib.sha256(token.encode("utf-8")).digest()


def is_among(digest: bytes, digests: Iterable[bytes]) -> bool:
    """Whether `digest` is one of `digests`.

    All are compared, each in constant time, so that the time taken tells nothing.
    """
    import hmac  # noqa: PLC0415 - as above

    matches = 0
    for candidate in digests:
        matches |= hmac.compare_digest(digest, candidate)
    return bool(matches)
