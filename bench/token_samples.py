"""Tokens for the benchmark: new keys each time, and what each side is told to check."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from token_validator import base64url

ISSUER = "https://identity.example.com"
AUDIENCE = "payments"
LIFETIME_SECONDS = 3600
RSA_BITS = 2048


@dataclass(frozen=True)
class Sample:
    """A token with its key: the public half as JWK, and as what `cryptography` verifies with."""

    algorithm: str
    private_key: RSAPrivateKey | EllipticCurvePrivateKey
    issued_at: int

    @cached_property
    def jwk(self) -> dict[str, str]:
        """The public key, as an issuer publishes it."""
        common = {"use": "sig", "alg": self.algorithm, "kid": self.algorithm}
        return {**_public_members(self.private_key), **common}

    @cached_property
    def signing_input(self) -> bytes:
        """Header and claims, as a provider's access token has them."""
        header = {"alg": self.algorithm, "typ": "JWT", "kid": self.algorithm}
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "9a1f8a52-7e0f-4d2f-9f0b-6a1b8f3a2c11",
            "scope": "payments.read payments.write",
            "iat": self.issued_at,
            "nbf": self.issued_at,
            "exp": self.issued_at + LIFETIME_SECONDS,
            "jti": "0f9b1c58-3f1e-4f0e-9a34-1f5a6c1f7d20",
        }
        return b".".join(base64url.encode(json.dumps(part).encode()) for part in (header, claims))

    @cached_property
    def der_signature(self) -> bytes:
        """The signature, in the form in which `cryptography` takes it."""
        if isinstance(self.private_key, RSAPrivateKey):
            return self.private_key.sign(self.signing_input, PKCS1v15(), SHA256())
        return self.private_key.sign(self.signing_input, ECDSA(SHA256()))

    @cached_property
    def token(self) -> str:
        """The token as a caller sends it."""
        signature = self.der_signature
        if not isinstance(self.private_key, RSAPrivateKey):
            signature = b"".join(_bytes(part, 32) for part in decode_dss_signature(signature))
        return (self.signing_input + b"." + base64url.encode(signature)).decode()


def make_samples() -> dict[str, Sample]:
    """Make a token for each algorithm, by its name."""
    now = int(time.time())
    return {
        "RS256": Sample("RS256", generate_rsa_key(65537, RSA_BITS), now),
        "ES256": Sample("ES256", generate_private_key(SECP256R1()), now),
    }


def jwks_of(samples: Mapping[str, Sample]) -> dict[str, Any]:
    """The document that an issuer of all of these publishes."""
    return {"keys": [sample.jwk for sample in samples.values()]}


def _public_members(private_key: RSAPrivateKey | EllipticCurvePrivateKey) -> dict[str, str]:
    if isinstance(private_key, RSAPrivateKey):
        rsa = private_key.public_key().public_numbers()
        return {"kty": "RSA", "n": _text(rsa.n, RSA_BITS // 8), "e": _text(rsa.e, 3)}
    point = private_key.public_key().public_numbers()
    return {"kty": "EC", "crv": "P-256", "x": _text(point.x, 32), "y": _text(point.y, 32)}


def _text(value: int, length_bytes: int) -> str:
    return base64url.encode(_bytes(value, length_bytes)).decode()


def _bytes(value: int, length_bytes: int) -> bytes:
    return value.to_bytes(length_bytes, "big")
