"""Verification keys: read from a JWKS (RFC 7517), chosen for a token, applied to a signature.

What a key may verify follows from the key's own type, never from the token: RSA keys verify
RS256, P-256 keys ES256, so no token can have a public key used as an HMAC secret.
"""

from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from token_validator import base64url
from token_validator.refusal import Refusal
from token_validator.strict_json import JsonObject

MIN_RSA_BITS = 2048
MAX_RSA_BITS = 8192  # beyond, a single verification costs milliseconds
MAX_KEYS = 100
_COORDINATE_BYTES = 32
_SHA256 = SHA256()
_PKCS1V15 = PKCS1v15()
_ECDSA = ECDSA(_SHA256)


class SignatureWrong(Refusal):
    """The signature was not made by the key over these bytes."""

    reason = "signature_wrong"


class UnusableKeyError(ValueError):
    """A JWK, or a whole JWKS, that can't verify RS256 or ES256 signatures; says why."""


class VerificationKey(NamedTuple):
    """A public key and the one algorithm it verifies ("RS256" or "ES256")."""

    key_id: str | None
    algorithm: str
    public_key: RSAPublicKey | EllipticCurvePublicKey

    def verify(self, signing_input: bytes, signature: bytes) -> None:
        """Raises SignatureWrong unless this key made `signature` over `signing_input`."""
        try:
            if isinstance(self.public_key, RSAPublicKey):
                self.public_key.verify(signature, signing_input, _PKCS1V15, _SHA256)
            else:
                self.public_key.verify(_der_signature(signature), signing_input, _ECDSA)
        except InvalidSignature:
            raise SignatureWrong from None


def load_keys(jwks: JsonObject) -> tuple[VerificationKey, ...]:
    """The usable keys of a JWKS; raises UnusableKeyError with every key's reason if none is.

    Keys of other types and uses are left out, as RFC 7517 section 5 advises: one JWKS may
    serve several purposes.
    """
    entries = jwks.get("keys")
    if not isinstance(entries, list) or len(entries) > MAX_KEYS:
        raise UnusableKeyError(f"keys: not a list of at most {MAX_KEYS}")
    keys, reasons = [], []
    for index, entry in enumerate(entries):
        try:
            keys.append(load_key(entry))
        except UnusableKeyError as error:
            reasons.append(f"keys[{index}]: {error}")
    if not keys:
        raise UnusableKeyError("; ".join(reasons) or "keys: empty")
    return tuple(keys)


def load_key(jwk: object) -> VerificationKey:
    """The key that `jwk` describes; raises UnusableKeyError when it must not verify tokens."""
    if not isinstance(jwk, dict):
        raise UnusableKeyError("not an object")
    algorithm, public_key = _public_key(jwk)
    _check_purpose(jwk, algorithm)
    key_id = jwk.get("kid")
    if key_id is not None and not isinstance(key_id, str):
        raise UnusableKeyError("kid is not a text")
    return VerificationKey(key_id, algorithm, public_key)


def _public_key(jwk: JsonObject) -> tuple[str, RSAPublicKey | EllipticCurvePublicKey]:
    try:
        if jwk.get("kty") == "RSA":
            return "RS256", _rsa_key(jwk)
        if jwk.get("kty") == "EC" and jwk.get("crv") == "P-256":
            return "ES256", _p256_key(jwk)
    except UnusableKeyError:
        raise
    except ValueError:  # cryptography: even exponent, a point off the curve, ...
        raise UnusableKeyError("not a valid public key") from None
    raise UnusableKeyError("neither RSA nor EC with P-256")


def _rsa_key(jwk: JsonObject) -> RSAPublicKey:
    modulus = int.from_bytes(_member_bytes(jwk, "n"), "big")
    if not MIN_RSA_BITS <= modulus.bit_length() <= MAX_RSA_BITS:
        raise UnusableKeyError(f"RSA of {modulus.bit_length()} bits, not 2048 to 8192")
    return RSAPublicNumbers(int.from_bytes(_member_bytes(jwk, "e"), "big"), modulus).public_key()


def _p256_key(jwk: JsonObject) -> EllipticCurvePublicKey:
    x, y = (_member_bytes(jwk, name) for name in ("x", "y"))
    if len(x) != _COORDINATE_BYTES or len(y) != _COORDINATE_BYTES:
        raise UnusableKeyError("x and y are not 32 bytes each")
    numbers = EllipticCurvePublicNumbers(
        int.from_bytes(x, "big"), int.from_bytes(y, "big"), SECP256R1()
    )
    return numbers.public_key()


def _member_bytes(jwk: JsonObject, name: str) -> bytes:
    value = jwk.get(name)
    try:
        return base64url.decode(value.encode("ascii")) if isinstance(value, str) else b""
    except ValueError:
        raise UnusableKeyError(f"{name} is not base64url") from None


def _check_purpose(jwk: JsonObject, algorithm: str) -> None:
    if "alg" in jwk and jwk["alg"] != algorithm:
        raise UnusableKeyError(f"alg is not {algorithm}")
    if "use" in jwk and jwk["use"] != "sig":
        raise UnusableKeyError("use is not sig")
    operations = jwk.get("key_ops", ["verify"])
    if not isinstance(operations, list) or "verify" not in operations:
        raise UnusableKeyError("key_ops is without verify")


def _der_signature(signature: bytes) -> bytes:
    # RFC 7518 section 3.4: r and s, 32 bytes each. OpenSSL refuses values outside 1..n-1.
    if len(signature) != 2 * _COORDINATE_BYTES:
        raise SignatureWrong
    return encode_dss_signature(
        int.from_bytes(signature[:_COORDINATE_BYTES], "big"),
        int.from_bytes(signature[_COORDINATE_BYTES:], "big"),
    )
