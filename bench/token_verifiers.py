"""One verification of a sample's token, by each of those that are compared, as a call.

All have the issuer's keys in memory and check signature, issuer, audience and times. Ours starts
from an API Gateway event and finds the key by the token's `kid`; PyJWT is handed token and key.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256

from bench.token_samples import AUDIENCE, ISSUER, Sample
from token_validator.authorizer import Authorizer
from token_validator.log import Log
from token_validator.sources import Sources

Call = Callable[[], object]

SETTINGS: dict[str, Any] = {
    "header": "authorization",
    "kinds": [
        {
            "kind": "jwt",
            "issuer": ISSUER,
            "audience": [AUDIENCE],
            "algorithms": ["RS256", "ES256"],
            "jwks_url": f"{ISSUER}/jwks.json",
        }
    ],
}
EVENT: dict[str, Any] = {
    "version": "2.0",
    "type": "REQUEST",
    "routeArn": "arn:aws:execute-api:eu-west-1:000000000000:a1b2c3d4e5/$default/GET/psp/payments/7",
    "routeKey": "ANY /psp/{proxy+}",
    "rawPath": "/psp/payments/7",
    "rawQueryString": "limit=5",
    "headers": {
        "accept": "application/json",
        "accept-encoding": "gzip, deflate, br",
        "content-length": "0",
        "host": "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com",
        "user-agent": "checkout-tests/4.2",
        "x-amzn-trace-id": "Root=1-5e6722a7-cc56xmpl46db7ae02d4da47e",
        "x-forwarded-for": "192.0.2.1",
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
    },
    "queryStringParameters": {"limit": "5"},
    "pathParameters": {"proxy": "payments/7"},
    "requestContext": {
        "accountId": "000000000000",
        "apiId": "a1b2c3d4e5",
        "http": {"method": "GET", "path": "/psp/payments/7", "protocol": "HTTP/1.1"},
        "requestId": "JKJaXmPLvHcESHA=",
        "routeKey": "ANY /psp/{proxy+}",
        "stage": "$default",
    },
}


def raw(sample: Sample) -> Call:
    """The signature alone, by `cryptography`, all its input ready."""
    key, signed, signature = sample.private_key, sample.signing_input, sample.der_signature
    if isinstance(key, RSAPrivateKey):
        rsa, padding = key.public_key(), PKCS1v15()
        return lambda: rsa.verify(signature, signed, padding, SHA256())
    curve = key.public_key()
    return lambda: curve.verify(signature, signed, ECDSA(SHA256()))


def handler(sample: Sample, jwks: dict[str, Any]) -> Call:
    """The Lambda function's handler, whose keys were fetched by its first call."""
    authorize = Authorizer(
        json.dumps(SETTINGS),
        clock=time.time,
        log=Log(sys.stderr),
        sources=Sources(lambda _: json.dumps(jwks).encode(), _no_secret),
    )
    headers = {**EVENT["headers"], "authorization": f"Bearer {sample.token}"}
    event = {**EVENT, "headers": headers}
    _expect(authorize(event)["isAuthorized"], "the handler")
    return lambda: authorize(event)


def pyjwt(sample: Sample) -> Call:
    """PyJWT, told to demand what ours demands."""
    key = jwt.PyJWK(sample.jwk).key
    options: Any = {"require": ["exp", "iss", "aud"]}

    def verify() -> object:
        return jwt.decode(
            sample.token,
            key,
            algorithms=[sample.algorithm],
            audience=AUDIENCE,
            issuer=ISSUER,
            options=options,
        )

    _expect(verify(), "PyJWT")
    return verify


def _no_secret(arn: str) -> Iterable[str]:
    raise LookupError(arn)


def _expect(is_accepted: object, who: str) -> None:
    if not is_accepted:
        raise RuntimeError(f"{who} refuses the token that is to be measured")
