"""The local issuer's answers, as the mock host asks for them."""

import base64
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockenv import names
from mockenv.local.issuer_site import Answer, IssuerSite
from mockenv.local.token_issuer import TokenIssuer
from mockenv.local.token_parameters import FORM, JSON
from mockenv.local.users import Users
from mockenv.settings.local import Local
from token_validator import strict_json
from validator_tokens import NOW

USERS = Users(
    Local.model_validate_json('{"users": {"alice": {"password": "one", "scopes": ["read"]}}}')
)
ISSUER = TokenIssuer.create(lambda: NOW)
SITE = IssuerSite(ISSUER, USERS)
GRANT = b"grant_type=client_credentials&client_id=alice&client_secret=one"


def ask(
    path: str = names.TOKEN_PATH,
    body: bytes = b"",
    method: str = "POST",
    site: IssuerSite = SITE,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    event = {
        "version": "2.0",
        "rawPath": path,
        "headers": {"host": "127.0.0.1:8080", "content-type": FORM, **(headers or {})},
        "requestContext": {"http": {"method": method}},
        "body": base64.b64encode(body).decode(),
        "isBase64Encoded": True,
    }
    return site(event, None)


def claims(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))))


def test_a_token_as_a_real_provider_gives_it() -> None:
    answer = ask(body=GRANT)
    assert answer["statusCode"] == 200
    assert answer["headers"]["cache-control"] == "no-store"
    body = json.loads(answer["body"])
    token = claims(body.pop("access_token"))
    assert body == {"token_type": "Bearer", "expires_in": 30, "scope": "read"}
    assert (token["sub"], token["scope"], token["exp"] - token["iat"]) == ("alice", "read", 30)
    assert token["iss"] == "https://local.mockenv"


def test_json_asks_for_the_same() -> None:
    asked = {"grant_type": "password", "username": "alice", "password": "one", "expires_in": 60}
    answer = ask(body=json.dumps(asked).encode(), headers={"content-type": JSON})
    assert json.loads(answer["body"])["expires_in"] == 60


@pytest.mark.parametrize(
    ("body", "headers", "status", "code", "is_challenged"),
    [
        (b"", {}, 400, "invalid_request", False),
        (b"grant_type=x", {}, 400, "unsupported_grant_type", False),
        (GRANT + b"&scope=x", {}, 400, "invalid_scope", False),
        (b"grant_type=password&username=a&password=b", {}, 400, "invalid_grant", False),
        (b"grant_type=client_credentials", {}, 401, "invalid_client", False),
        (b"grant_type=client_credentials", {"authorization": "Basic YTpi"}, 401, "invalid_client",
         True),
    ],
)  # fmt: skip
def test_an_error_as_the_standard_has_it(
    body: bytes, headers: dict[str, str], status: int, code: str, is_challenged: bool
) -> None:
    answer = ask(body=body, headers=headers)
    said = json.loads(answer["body"])
    assert (answer["statusCode"], said["error"]) == (status, code)
    assert set(said) == {"error", "error_description"}
    assert answer["headers"]["cache-control"] == "no-store"
    assert ("www-authenticate" in answer["headers"]) is is_challenged


def test_users_can_be_exchanged_while_it_serves() -> None:
    site = IssuerSite(ISSUER, USERS)
    site.users = Users(Local.model_validate_json('{"users": {"alice": {"password": "two"}}}'))
    assert ask(body=GRANT, site=site)["statusCode"] == 401
    assert ask(body=GRANT.replace(b"one", b"two"), site=site)["statusCode"] == 200


def test_discovery_names_the_addresses_under_which_it_was_asked_and_the_tokens_issuer() -> None:
    found = json.loads(
        ask(names.DISCOVERY_PATH, method="GET", headers={"host": "localhost:8081"})["body"]
    )
    assert found["token_endpoint"] == "http://localhost:8081/_mockenv/token"
    assert found["jwks_uri"] == "http://localhost:8081/_mockenv/jwks.json"
    assert found["issuer"] == "https://local.mockenv"


def test_only_public_keys_are_published() -> None:
    answer = ask(names.JWKS_PATH, method="GET")
    keys = json.loads(answer["body"])["keys"]
    assert keys == ISSUER.jwks()["keys"]
    assert all(set(key) == {"crv", "kty", "x", "y", "use", "alg", "kid"} for key in keys)


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [
        (names.TOKEN_PATH, "GET", "POST"),
        (names.TOKEN_PATH, "OPTIONS", "POST"),
        (names.JWKS_PATH, "POST", "GET, HEAD"),
        (names.DISCOVERY_PATH, "DELETE", "GET, HEAD"),
    ],
)
def test_other_methods_are_told_the_right_one(path: str, method: str, allowed: str) -> None:
    answer = ask(path, GRANT, method)
    assert (answer["statusCode"], answer["headers"]["allow"]) == (405, allowed)


@given(body=st.binary(max_size=300), content_type=st.sampled_from([FORM, JSON, "", "text/plain"]),
       authorization=st.none() | st.text(max_size=60))  # fmt: skip
def test_nobody_gets_in_by_noise_and_nothing_raises(
    body: bytes, content_type: str, authorization: str | None
) -> None:
    headers = {"content-type": content_type}
    headers |= {} if authorization is None else {"authorization": authorization}
    answer = ask(body=body, headers=headers)
    assert answer["statusCode"] in (400, 401)
    strict_json.parse_object(answer["body"].encode())
