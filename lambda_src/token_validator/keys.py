"""Verification keys: read from a JWKS (RFC 7517), applied to a signature.

What a key may verify follows from the key's own type and `alg`, never from the token: RSA keys
verify RS… and PS…, curves what belongs to them, so no token can have a public key used as an HMAC
secret.
"""

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature

from token_validator.algorithms import VERIFIERS, PublicKey
from token_validator.jwk import UnusableKeyError, key_type
from token_validator.refusal import Refusal
from token_validator.strict_json import JsonObject

__all__ = ["SignatureWrong", "UnusableKeyError", "VerificationKey", "load_key", "load_keys"]

MAX_KEYS = 100
# A JWKS is public: a key whose secret part stands in it is everybody's.
SECRET_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


class SignatureWrong(Refusal):
    """The signature was not made by the key over these bytes."""

    reason = "signature_wrong"


class VerificationKey(NamedTuple):
    """A public key and the algorithms it may verify."""

    key_id: str | None
    algorithms: frozenset[str]
    public_key: PublicKey

    def verify(self, algorithm: str, signing_input: bytes, signature: bytes) -> None:
        """Raises SignatureWrong unless this key made `signature` over `signing_input`."""
        if algorithm not in self.algorithms:
            raise SignatureWrong
        try:
            VERIFIERS[algorithm](self.public_key, signature, signing_input)
        except InvalidSignature:
            raise SignatureWrong from None


def load_keys(jwks: JsonObject) -> tuple[VerificationKey, ...]:
    """The usable keys of a JWKS; raises UnusableKeyError with every key's reason if none is.

    Keys of other types and uses are left out, as RFC 7517 section 5 advises: one JWKS may
    serve several purposes. A key that stands there twice counts once.
    """
    entries = jwks.get("keys")
    if not isinstance(entries, list) or len(entries) > MAX_KEYS:
        raise UnusableKeyError(f"keys: not a list of at most {MAX_KEYS}")
    keys: list[VerificationKey] = []
    reasons = []
    for index, entry in enumerate(entries):
        try:
            key = load_key(entry)
        except UnusableKeyError as error:
            reasons.append(f"keys[{index}]: {error}")
        else:
            keys += [key] if key not in keys else []
    if not keys:
        raise UnusableKeyError("; ".join(reasons) or "keys: empty")
    return tuple(keys)


def load_key(jwk: object) -> VerificationKey:
    """The key that `jwk` describes; raises UnusableKeyError when it must not verify tokens."""
    if not isinstance(jwk, dict):
        raise UnusableKeyError("not an object")
    kind = key_type(jwk)
    if SECRET_MEMBERS & jwk.keys():
        raise UnusableKeyError("its secret part is published")
    algorithms = _algorithms(jwk, frozenset(kind.algorithms))
    _check_purpose(jwk)
    try:
        public_key = kind.read(jwk)
    except UnusableKeyError:
        raise
    except ValueError:  # cryptography: exponent 1, a point off the curve, ...
        raise UnusableKeyError("not a valid public key") from None
    return VerificationKey(_key_id(jwk), algorithms, public_key)


def _algorithms(jwk: JsonObject, fitting: AbstractSet[str]) -> frozenset[str]:
    if "alg" not in jwk:
        return frozenset(fitting)
    algorithm = jwk["alg"]
    if not isinstance(algorithm, str) or algorithm not in fitting:
        raise UnusableKeyError(f"alg is not {' or '.join(sorted(fitting))}")
    return frozenset({algorithm})


def _check_purpose(jwk: JsonObject) -> None:
    if "use" in jwk and jwk["use"] != "sig":
        raise UnusableKeyError("use is not sig")
    operations = jwk.get("key_ops", ["verify"])
    if not isinstance(operations, list) or "verify" not in operations:
        raise UnusableKeyError("key_ops is without verify")


def _key_id(jwk: JsonObject) -> str | None:
    key_id = jwk.get("kid")
    if key_id is not None and not isinstance(key_id, str):
        raise UnusableKeyError("kid is not a text")
    return key_id
