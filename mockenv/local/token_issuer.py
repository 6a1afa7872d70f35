"""A local issuer of tokens: an ES256 key pair, its JWKS, and the JWTs it signs.

Its tokens open environments on this machine only; the private key never leaves it.
"""

import json
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, Hash

from mockenv.local.private_key_file import load_private_key, save_private_key
from mockenv.names import LOCAL_ISSUER
from token_validator import base64url

__all__ = ["ALGORITHM", "LOCAL_ISSUER", "TokenIssuer"]

ALGORITHM = "ES256"
_COORDINATE_BYTES = 32

Clock = Callable[[], float]


class TokenIssuer:
    """Signs tokens with one P-256 key; `clock` gives seconds since 1970."""

    def __init__(self, private_key: EllipticCurvePrivateKey, clock: Clock = time.time) -> None:
        self._private_key = private_key
        self._clock = clock
        self._public_jwk = _public_jwk(private_key)

    @classmethod
    def create(cls, clock: Clock = time.time) -> "TokenIssuer":
        """An issuer with a new key, held in memory."""
        return cls(generate_private_key(SECP256R1()), clock)

    @classmethod
    def load(cls, path: Path, clock: Clock = time.time) -> "TokenIssuer":
        """The issuer whose key was saved at `path`; raises MockenvError if it can't be used."""
        return cls(load_private_key(path), clock)

    def save(self, path: Path) -> None:
        """Writes the private key to `path` (PEM, PKCS #8), for its owner's eyes only."""
        save_private_key(self._private_key, path)

    @property
    def key_id(self) -> str:
        """The key's RFC 7638 thumbprint, which is its `kid`."""
        return self._public_jwk["kid"]

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The JWKS (RFC 7517) that verifies this issuer's tokens."""
        return {"keys": [dict(self._public_jwk)]}

    def mint(
        self,
        subject: str,
        audience: str | Sequence[str],
        scopes: Sequence[str] = (),
        lifetime_seconds: int = 3600,
    ) -> str:
        """A signed JWT, valid from now for `lifetime_seconds`.

        Raises ValueError for an empty subject or audience, a scope with spaces, or a lifetime
        that is not positive: such a token would be refused or mean something else.
        """
        _check_mintable(subject, audience, scopes, lifetime_seconds)
        issued_at = int(self._clock())
        return self._sign(
            {
                "iss": LOCAL_ISSUER,
                "sub": subject,
                "aud": audience if isinstance(audience, str) else list(audience),
                "scope": " ".join(scopes),
                "iat": issued_at,
                "exp": issued_at + lifetime_seconds,
                "jti": str(uuid.uuid4()),
            }
        )

    def _sign(self, claims: dict[str, object]) -> str:
        header = {"alg": ALGORITHM, "typ": "JWT", "kid": self.key_id}
        signing_input = _encode_json(header) + b"." + _encode_json(claims)
        r, s = decode_dss_signature(self._private_key.sign(signing_input, ECDSA(SHA256())))
        signature = _encode_integer(r) + _encode_integer(s)
        return (signing_input + b"." + base64url.encode(signature)).decode("ascii")


def _check_mintable(
    subject: str, audience: str | Sequence[str], scopes: Sequence[str], lifetime_seconds: int
) -> None:
    if not subject or not audience:
        raise ValueError("a token needs a subject and an audience")
    if isinstance(scopes, str) or any(not scope or " " in scope for scope in scopes):
        raise ValueError("scopes are a sequence of words")
    if lifetime_seconds <= 0:
        raise ValueError("a token lives for at least a second")


def _public_jwk(private_key: EllipticCurvePrivateKey) -> dict[str, str]:
    numbers = private_key.public_key().public_numbers()
    members = {
        "crv": "P-256",
        "kty": "EC",
        "x": base64url.encode(_encode_integer(numbers.x)).decode("ascii"),
        "y": base64url.encode(_encode_integer(numbers.y)).decode("ascii"),
    }
    return {**members, "use": "sig", "alg": ALGORITHM, "kid": thumbprint(members)}


def thumbprint(members: dict[str, str]) -> str:
    """The RFC 7638 thumbprint of a public key's required `members`, in base64url."""
    digest = Hash(SHA256())
    digest.update(json.dumps(members, sort_keys=True, separators=(",", ":")).encode("utf-8"))
    return base64url.encode(digest.finalize()).decode("ascii")


def _encode_json(value: dict[str, object] | dict[str, str]) -> bytes:
    return base64url.encode(json.dumps(value, separators=(",", ":")).encode("utf-8"))


def _encode_integer(value: int) -> bytes:
    return value.to_bytes(_COORDINATE_BYTES, "big")
