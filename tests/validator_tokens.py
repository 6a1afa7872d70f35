"""Tokens, keys, settings and events for the validator's tests."""

import functools
import json
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from token_validator import base64url

NOW = 1_800_000_000.0
ISSUER = "https://issuer.example"
AUDIENCE = "payments"

Json = dict[str, object]


@functools.cache
def rsa_key(bits: int = 2048, number: int = 0) -> rsa.RSAPrivateKey:
    """A key that is the same for the same arguments during a run."""
    del number
    return rsa.generate_private_key(65537, bits)


@functools.cache
def p256_key(number: int = 0) -> ec.EllipticCurvePrivateKey:
    """A key that is the same for the same argument during a run."""
    del number
    return ec.generate_private_key(ec.SECP256R1())


@functools.cache
def ed25519_key(number: int = 0) -> ed25519.Ed25519PrivateKey:
    """A key that is the same for the same argument during a run."""
    del number
    return ed25519.Ed25519PrivateKey.generate()


def text(value: bytes) -> str:
    return base64url.encode(value).decode("ascii")


def integer(value: int, length: int | None = None) -> str:
    return text(value.to_bytes(length or (value.bit_length() + 7) // 8, "big"))


def rsa_jwk(key: rsa.RSAPrivateKey, **members: object) -> Json:
    numbers = key.public_key().public_numbers()
    return {"kty": "RSA", "n": integer(numbers.n), "e": integer(numbers.e), **members}


def p256_jwk(key: ec.EllipticCurvePrivateKey, **members: object) -> Json:
    numbers = key.public_key().public_numbers()
    x, y = integer(numbers.x, 32), integer(numbers.y, 32)
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y, **members}


def ed25519_public_jwk(key: ed25519.Ed25519PrivateKey, **members: object) -> Json:
    x = text(key.public_key().public_bytes_raw())
    return {"kty": "OKP", "crv": "Ed25519", "x": x, **members}


def jwks() -> Json:
    """The issuer's: one RSA key, one P-256 key."""
    return {"keys": [rsa_jwk(rsa_key(), kid="rsa"), p256_jwk(p256_key(), kid="p256")]}


def claims(**changes: object) -> Json:
    """Claims that are accepted at NOW; a change to None leaves the claim out."""
    accepted: Json = {"iss": ISSUER, "aud": AUDIENCE, "sub": "alice", "exp": NOW + 60}
    return {name: value for name, value in {**accepted, **changes}.items() if value is not None}


def header(algorithm: str = "ES256", **members: object) -> Json:
    key_id = {"ES256": "p256", "RS256": "rsa"}.get(algorithm, "p256")
    named: Json = {"alg": algorithm, "kid": key_id, **members}
    return {name: value for name, value in named.items() if value is not None}


def sign_es256(signing_input: bytes, key: ec.EllipticCurvePrivateKey | None = None) -> bytes:
    r, s = decode_dss_signature((key or p256_key()).sign(signing_input, ec.ECDSA(SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def sign_rs256(signing_input: bytes, key: rsa.RSAPrivateKey | None = None) -> bytes:
    return (key or rsa_key()).sign(signing_input, PKCS1v15(), SHA256())


def signing_input(head: Mapping[str, object] | bytes, body: Mapping[str, object] | bytes) -> bytes:
    parts = (
        part if isinstance(part, bytes) else json.dumps(part).encode() for part in (head, body)
    )
    return b".".join(base64url.encode(part) for part in parts)


def es256_token(
    head: Mapping[str, object] | bytes | None = None,
    body: Mapping[str, object] | bytes | None = None,
    key: ec.EllipticCurvePrivateKey | None = None,
) -> str:
    """A token with a right signature over whatever header and payload it gets."""
    signed = signing_input(header() if head is None else head, claims() if body is None else body)
    return f"{signed.decode('ascii')}.{text(sign_es256(signed, key))}"


def rs256_token(
    head: Mapping[str, object] | None = None, key: rsa.RSAPrivateKey | None = None
) -> str:
    signed = signing_input(header("RS256") if head is None else head, claims())
    return f"{signed.decode('ascii')}.{text(sign_rs256(signed, key))}"


def jwt_kind(**changes: object) -> Json:
    kind: Json = {
        "kind": "jwt",
        "issuer": ISSUER,
        "audience": [AUDIENCE],
        "algorithms": ["RS256", "ES256"],
        "jwks": jwks(),
    }
    return {name: value for name, value in {**kind, **changes}.items() if value is not None}


def settings(
    *kinds: Json, header: str = "authorization", scopes: Mapping[str, list[str]] | None = None
) -> str:
    """TOKEN_SETTINGS with these kinds, or else the issuer's; `scopes` by base path."""
    said = {"header": header, "kinds": list(kinds or (jwt_kind(),))}
    return json.dumps(said if scopes is None else said | {"scopes": scopes})


def event(
    value: str | None, header: str = "authorization", route: object = "ANY /{proxy+}"
) -> Json:
    """An authorizer event, payload 2.0, as far as the validator reads it."""
    return {
        "version": "2.0",
        "type": "REQUEST",
        "routeKey": route,
        "headers": {"host": "mock.example"} | ({header: value} if value is not None else {}),
        "requestContext": {"requestId": "request-1", "http": {"method": "GET"}},
    }


def bearer(token: str, route: object = "ANY /{proxy+}") -> Json:
    return event(f"Bearer {token}", route=route)
