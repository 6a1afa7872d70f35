"""The local issuer as callers see it: tokens, public keys, discovery.

The mock host calls it as API Gateway calls a Lambda integration (payload format 2.0), after it has
made sure that the request is one of this machine's own programs.
"""

import base64
import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, NamedTuple, TypedDict

from mockenv import names
from mockenv.local.token_errors import InvalidClientError, TokenRequestError
from mockenv.local.token_grant import GRANT_TYPES, decide_grant
from mockenv.local.token_issuer import ALGORITHM, LOCAL_ISSUER, TokenIssuer
from mockenv.local.token_parameters import read_parameters
from mockenv.local.tokens import mint
from mockenv.local.users import Users

# Tokens must not be kept (RFC 6749, section 5.1), and keys change with every run.
NOT_KEPT = {"cache-control": "no-store", "pragma": "no-cache"}
READING = ("GET", "HEAD")


class Answer(TypedDict):
    """The response of a Lambda integration."""

    statusCode: int
    headers: dict[str, str]
    body: str


class Request(NamedTuple):
    """What is read of an event; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class IssuerSite:
    """Answers the paths of the local issuer; `users` may be exchanged between two requests."""

    def __init__(self, issuer: TokenIssuer, users: Users) -> None:
        self.users = users
        self._issuer = issuer

    def __call__(self, event: Any, _: object) -> Answer:
        """The answer to an event of payload format 2.0."""
        request = _read(event)
        methods, answer = self._routes()[request.path]
        if request.method not in methods:
            allow = {"allow": ", ".join(methods)}
            return _error_of("invalid_request", f"send {methods[0]}", 405, allow)
        return answer(request)

    def _routes(self) -> dict[str, tuple[tuple[str, ...], Callable[[Request], Answer]]]:
        return {
            names.TOKEN_PATH: (("POST",), self._token),
            names.JWKS_PATH: (READING, lambda _: _json(self._issuer.jwks())),
            names.DISCOVERY_PATH: (READING, _discovery),
        }

    def _token(self, request: Request) -> Answer:
        try:
            return _json(self._granted(request))
        except TokenRequestError as error:
            return _refusal(error, request)

    def _granted(self, request: Request) -> dict[str, object]:
        parameters = read_parameters(request.headers.get("content-type", ""), request.body)
        grant = decide_grant(parameters, request.headers.get("authorization"), self.users)
        token = mint(self._issuer, grant.subject, list(grant.scopes), grant.lifetime_seconds)
        return {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": grant.lifetime_seconds,
            "scope": " ".join(grant.scopes),
        }


def _read(event: Any) -> Request:
    http = event["requestContext"]["http"]
    body = base64.b64decode(event["body"])
    return Request(http["method"], event["rawPath"], event["headers"], body)


def _discovery(request: Request) -> Answer:
    """RFC 8414, but for the issuer, which is a name: the tokens' own, not this address."""
    here = f"http://{request.headers['host']}"
    return _json(
        {
            "issuer": LOCAL_ISSUER,
            "token_endpoint": here + names.TOKEN_PATH,
            "jwks_uri": here + names.JWKS_PATH,
            "grant_types_supported": list(GRANT_TYPES),
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "response_types_supported": [],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
        }
    )


def _refusal(error: TokenRequestError, request: Request) -> Answer:
    """RFC 6749, section 5.2: who came with an Authorization header is told which one is right."""
    challenge = {}
    if isinstance(error, InvalidClientError) and "authorization" in request.headers:
        challenge = {"www-authenticate": 'Basic realm="mockenv", charset="UTF-8"'}
    return _error_of(error.code, error.description, error.status, challenge)


def _error_of(code: str, description: str, status: int, headers: Mapping[str, str]) -> Answer:
    return _json({"error": code, "error_description": description}, status, headers)


def _json(
    body: Mapping[str, object],
    status: int = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    return {
        "statusCode": int(status),
        "headers": {"content-type": "application/json", **NOT_KEPT, **(headers or {})},
        "body": json.dumps(body),
    }
