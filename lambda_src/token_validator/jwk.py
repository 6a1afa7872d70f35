"""Public keys as a JWKS describes them (RFC 7517, RFC 7518 section 6, RFC 8037 section 2)."""

from collections.abc import Callable, Mapping

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    SECP384R1,
    SECP521R1,
    EllipticCurve,
    EllipticCurvePublicKey,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers

from token_validator import base64url
from token_validator.algorithms import P256_BYTES, P384_BYTES, P521_BYTES, PublicKey
from token_validator.strict_json import JsonObject
from token_validator.weak_keys import is_factorable

MIN_RSA_BITS = 2048
MAX_RSA_BITS = 8192  # beyond, a single verification costs milliseconds
MAX_EXPONENT_BITS = 256  # FIPS 186-5, appendix A.1.1; it bounds the cost too
ED25519_BYTES = 32
_ED25519_PRIME = 2**255 - 19
_ED25519_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
# Points of small order, by their y: under such a key signatures can be made without a secret.
_ED25519_SMALL_ORDER = frozenset(
    {0, 1, _ED25519_PRIME - 1, _ED25519_ORDER_8, _ED25519_PRIME - _ED25519_ORDER_8}
)


class UnusableKeyError(ValueError):
    """A JWK, or a whole JWKS, that can't verify signatures; says why."""


class KeyType:
    """How a kind of key is read, and the algorithms that it may verify."""

    def __init__(
        self, algorithms: tuple[str, ...], read: Callable[[JsonObject], PublicKey]
    ) -> None:
        self.algorithms = algorithms
        self.read = read


def key_type(jwk: JsonObject) -> KeyType:
    """The kind of `jwk`, by `kty` and `crv`; raises UnusableKeyError for every other kind."""
    kind, curve = jwk.get("kty"), jwk.get("crv")
    if kind == "RSA":
        return _RSA
    found = _CURVES.get((kind, curve)) if isinstance(curve, str) and isinstance(kind, str) else None
    if found is None:
        raise UnusableKeyError("neither RSA, nor EC with P-256, P-384 or P-521, nor Ed25519")
    return found


def _rsa_key(jwk: JsonObject) -> RSAPublicKey:
    modulus, exponent = _member_number(jwk, "n"), _member_number(jwk, "e")
    if not MIN_RSA_BITS <= modulus.bit_length() <= MAX_RSA_BITS:
        raise UnusableKeyError(f"RSA of {modulus.bit_length()} bits, not 2048 to 8192")
    if modulus % 2 == 0 or exponent.bit_length() > MAX_EXPONENT_BITS:
        raise UnusableKeyError("not a valid public key")
    if is_factorable(modulus):
        raise UnusableKeyError("RSA whose factors can be found (CVE-2017-15361)")
    return RSAPublicNumbers(exponent, modulus).public_key()


def _reader_of(
    curve: EllipticCurve, coordinate_bytes: int
) -> Callable[[JsonObject], EllipticCurvePublicKey]:
    def read(jwk: JsonObject) -> EllipticCurvePublicKey:
        x, y = (_member_bytes(jwk, name) for name in ("x", "y"))
        if len(x) != coordinate_bytes or len(y) != coordinate_bytes:
            raise UnusableKeyError(f"x and y are not {coordinate_bytes} bytes each")
        # Raises ValueError for a point that is not on the curve.
        return EllipticCurvePublicNumbers(
            int.from_bytes(x, "big"), int.from_bytes(y, "big"), curve
        ).public_key()

    return read


def _ed25519_key(jwk: JsonObject) -> Ed25519PublicKey:
    encoded = _member_bytes(jwk, "x")
    if len(encoded) != ED25519_BYTES:
        raise UnusableKeyError(f"x is not {ED25519_BYTES} bytes")
    y = int.from_bytes(encoded, "little") & (2**255 - 1)
    if y >= _ED25519_PRIME or y in _ED25519_SMALL_ORDER:
        raise UnusableKeyError("not a valid public key")
    return Ed25519PublicKey.from_public_bytes(encoded)


def _member_number(jwk: JsonObject, name: str) -> int:
    return int.from_bytes(_member_bytes(jwk, name), "big")


def _member_bytes(jwk: JsonObject, name: str) -> bytes:
    value = jwk.get(name)
    try:
        return base64url.decode(value.encode("ascii")) if isinstance(value, str) else b""
    except ValueError:
        raise UnusableKeyError(f"{name} is not base64url") from None


_RSA = KeyType(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), _rsa_key)
_CURVES: Mapping[tuple[str, str], KeyType] = {
    ("EC", "P-256"): KeyType(("ES256",), _reader_of(SECP256R1(), P256_BYTES)),
    ("EC", "P-384"): KeyType(("ES384",), _reader_of(SECP384R1(), P384_BYTES)),
    ("EC", "P-521"): KeyType(("ES512",), _reader_of(SECP521R1(), P521_BYTES)),
    ("OKP", "Ed25519"): KeyType(("EdDSA", "Ed25519"), _ed25519_key),
}
