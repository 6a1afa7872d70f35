"""Which key verifies a token: sources of keys and the rule that picks one of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from token_validator.refusal import Refusal

if TYPE_CHECKING:  # its cryptography is imported only where keys are loaded
    from typing import Protocol

    from token_validator.keys import VerificationKey

    class KeySource(Protocol):
        """Where an issuer's keys come from."""

        def find_key(self, key_id: str | None, algorithm: str, now: float) -> "VerificationKey":
            """The key for a token at `now` (seconds since 1970); raises a Refusal."""


class KeyUnknown(Refusal):
    """No key with the token's key id verifies the token's algorithm."""

    reason = "key_unknown"


class KeyAmbiguous(Refusal):
    """More than one key fits and the token does not say which."""

    reason = "key_ambiguous"


class FixedKeys:
    """Keys that are written in the settings."""

    def __init__(self, keys: Sequence["VerificationKey"]) -> None:
        self._keys = keys

    def find_key(self, key_id: str | None, algorithm: str, now: float) -> "VerificationKey":  # noqa: ARG002
        """The key for a token, whatever the time."""
        return choose_key(self._keys, key_id, algorithm)


def choose_key(
    keys: Sequence["VerificationKey"], key_id: str | None, algorithm: str
) -> "VerificationKey":
    """The one of `keys` that verifies `algorithm` and is named `key_id`.

    A token without a key id (RFC 7515 section 4.1.4 makes it optional) is accepted where only
    one key fits; trying several would let a token choose its verifier.
    """
    fitting = [key for key in keys if algorithm in key.algorithms and key_id in (None, key.key_id)]
    if not fitting:
        raise KeyUnknown
    if len(fitting) > 1:
        raise KeyAmbiguous
    return fitting[0]
