"""The signature algorithms of RFC 7518 and RFC 8037 that are asymmetric, and how each verifies.

ES256K is left out, as hardly any issuer of access tokens uses it, and Ed448, as none does.
"""

from collections.abc import Callable, Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm

PublicKey = RSAPublicKey | EllipticCurvePublicKey | Ed25519PublicKey
Verify = Callable[[PublicKey, bytes, bytes], None]

P256_BYTES, P384_BYTES, P521_BYTES = 32, 48, 66


def _pkcs1(hashing: HashAlgorithm) -> Verify:
    padding = PKCS1v15()

    def verify(key: PublicKey, signature: bytes, signing_input: bytes) -> None:
        assert isinstance(key, RSAPublicKey)  # noqa: S101 - what keys.py pairs
        key.verify(signature, signing_input, padding, hashing)

    return verify


def _pss(hashing: HashAlgorithm) -> Verify:
    # RFC 7518 section 3.5: the salt is as long as the digest, MGF1 uses the same hash.
    padding = PSS(mgf=MGF1(hashing), salt_length=hashing.digest_size)

    def verify(key: PublicKey, signature: bytes, signing_input: bytes) -> None:
        assert isinstance(key, RSAPublicKey)  # noqa: S101 - what keys.py pairs
        key.verify(signature, signing_input, padding, hashing)

    return verify


def _ecdsa(hashing: HashAlgorithm, number_bytes: int) -> Verify:
    algorithm = ECDSA(hashing)

    def verify(key: PublicKey, signature: bytes, signing_input: bytes) -> None:
        assert isinstance(key, EllipticCurvePublicKey)  # noqa: S101 - what keys.py pairs
        key.verify(_der_signature(signature, number_bytes), signing_input, algorithm)

    return verify


def _ed25519(key: PublicKey, signature: bytes, signing_input: bytes) -> None:
    assert isinstance(key, Ed25519PublicKey)  # noqa: S101 - what keys.py pairs
    key.verify(signature, signing_input)


def _der_signature(signature: bytes, number_bytes: int) -> bytes:
    # RFC 7518 section 3.4: r and s, of fixed length. OpenSSL refuses values outside 1..n-1.
    if len(signature) != 2 * number_bytes:
        raise InvalidSignature
    return encode_dss_signature(
        int.from_bytes(signature[:number_bytes], "big"),
        int.from_bytes(signature[number_bytes:], "big"),
    )


# Each raises cryptography's InvalidSignature unless the key made the signature.
VERIFIERS: Mapping[str, Verify] = {
    "RS256": _pkcs1(SHA256()),
    "RS384": _pkcs1(SHA384()),
    "RS512": _pkcs1(SHA512()),
    "PS256": _pss(SHA256()),
    "PS384": _pss(SHA384()),
    "PS512": _pss(SHA512()),
    "ES256": _ecdsa(SHA256(), P256_BYTES),
    "ES384": _ecdsa(SHA384(), P384_BYTES),
    "ES512": _ecdsa(SHA512(), P521_BYTES),
    "EdDSA": _ed25519,
    "Ed25519": _ed25519,  # the name that RFC 9864 gives it in place of EdDSA
}
