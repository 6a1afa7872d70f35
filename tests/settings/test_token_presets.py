"""What each preset comes to, and that the validator takes the provider's tokens by it, no others.

The tokens have the claims that the providers document, signed by keys of ours.
"""

import io
import json
from typing import Any

import pytest
from pydantic import TypeAdapter

from mockenv.settings.token_presets import issuer_of, plain_kind
from mockenv.settings.tokens import TokenKind
from token_validator.authorizer import Answer, Authorizer
from token_validator.log import Log
from token_validator.sources import Sources
from validator_tokens import (
    NOW,
    Json,
    bearer,
    header,
    p256_jwk,
    p256_key,
    rsa_jwk,
    rsa_key,
    settings,
    sign_es256,
    sign_rs256,
    signing_input,
    text,
)

KINDS: TypeAdapter[TokenKind] = TypeAdapter(TokenKind)
POOL = "eu-central-1_AbCdEfGhI"
COGNITO_ISSUER = f"https://cognito-idp.eu-central-1.amazonaws.com/{POOL}"
COGNITO: Json = {"kind": "cognito", "user_pool_id": POOL, "client_ids": ["app"]}
AUTH0: Json = {"kind": "auth0", "domain": "shop.eu.auth0.com", "audience": ["https://api"]}
OKTA: Json = {"kind": "okta", "domain": "shop.okta.com", "audience": ["api://default"]}
KEYCLOAK: Json = {
    "kind": "keycloak",
    "url": "https://sso.example.com/",
    "realm": "shop",
    "audience": ["mocks"],
}
GITHUB: Json = {
    "kind": "github-actions",
    "audience": ["mocks"],
    "repository_id": [74, "75"],
    "claims": {"environment": ["int"]},
    "scopes": ["ci"],
}
JWT: Json = {"kind": "jwt", "issuer": "https://id.example.com", "audience": ["mocks"]}
LOCAL: Json = {"kind": "local", "keys": [p256_jwk(p256_key(), kid="p256")]}


def plain(said: Json) -> dict[str, Any]:
    return plain_kind(KINDS.validate_json(json.dumps(said)))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            COGNITO,
            {
                "kind": "jwt",
                "issuer": COGNITO_ISSUER,
                "audience": ["app"],
                "jwks_url": f"{COGNITO_ISSUER}/.well-known/jwks.json",
                "algorithms": ["RS256"],
                "claims": {"token_use": ["access"]},
                "audience_claim": "client_id",
            },
        ),
        (
            COGNITO | {"token_use": "id"},
            {
                "kind": "jwt",
                "issuer": COGNITO_ISSUER,
                "audience": ["app"],
                "jwks_url": f"{COGNITO_ISSUER}/.well-known/jwks.json",
                "algorithms": ["RS256"],
                "claims": {"token_use": ["id"]},
            },
        ),
        (
            AUTH0,
            {
                "kind": "jwt",
                "issuer": "https://shop.eu.auth0.com/",
                "audience": ["https://api"],
                "jwks_url": "https://shop.eu.auth0.com/.well-known/jwks.json",
                "algorithms": ["RS256"],
                "scope_claims": ["scope", "permissions"],
            },
        ),
        (
            OKTA | {"client_ids": ["one", "two"], "authorization_server": "aus1"},
            {
                "kind": "jwt",
                "issuer": "https://shop.okta.com/oauth2/aus1",
                "audience": ["api://default"],
                "jwks_url": "https://shop.okta.com/oauth2/aus1/v1/keys",
                "algorithms": ["RS256"],
                "claims": {"cid": ["one", "two"]},
            },
        ),
        (
            KEYCLOAK | {"algorithms": ["ES256"]},
            {
                "kind": "jwt",
                "issuer": "https://sso.example.com/realms/shop",
                "audience": ["mocks"],
                "jwks_url": "https://sso.example.com/realms/shop/protocol/openid-connect/certs",
                "algorithms": ["ES256"],
                "claims": {"typ": ["Bearer"]},
            },
        ),
        (
            GITHUB,
            {
                "kind": "jwt",
                "issuer": "https://token.actions.githubusercontent.com",
                "audience": ["mocks"],
                "jwks_url": "https://token.actions.githubusercontent.com/.well-known/jwks",
                "algorithms": ["RS256"],
                "claims": {"environment": ["int"], "repository_id": ["74", "75"]},
                "scopes": ["ci"],
            },
        ),
        (JWT, {**JWT, "algorithms": ["RS256"], "discover": True}),
        (
            JWT | {"jwks_url": "https://id.example.com/keys", "claims": {"tenant": ["a"]}},
            {
                **JWT,
                "algorithms": ["RS256"],
                "jwks_url": "https://id.example.com/keys",
                "claims": {"tenant": ["a"]},
            },
        ),
        (
            LOCAL,
            {
                "kind": "jwt",
                "issuer": "https://local.mockenv",
                "audience": ["mockenv-local"],
                "algorithms": ["ES256"],
                "jwks": {"keys": LOCAL["keys"]},
            },
        ),
        ({"kind": "static", "sha256": ["a" * 64]}, {"kind": "static", "sha256": ["a" * 64]}),
    ],
)
def test_a_kind_comes_to_plain_rules(said: Json, expected: Json) -> None:
    assert plain(said) == expected


def test_only_signed_tokens_have_an_issuer() -> None:
    assert issuer_of(KINDS.validate_json(json.dumps(COGNITO))) == COGNITO_ISSUER
    static = json.dumps({"kind": "static", "sha256": ["a" * 64]})
    assert issuer_of(KINDS.validate_json(static)) is None


def test_whoever_claims_another_repository_in_the_settings_is_not_heard() -> None:
    claims = plain(GITHUB | {"claims": {"repository_id": ["1"]}})["claims"]
    assert claims == {"repository_id": ["74", "75"]}


class Provider:
    """The validator with one kind, whose keys are at the address that its rules name."""

    def __init__(self, said: Json) -> None:
        kind = plain(said)
        self.asked: list[str] = []
        self._issuer = kind["issuer"]
        self._authorizer = Authorizer(
            settings(kind, scopes={"/": ["read"]}),
            clock=lambda: NOW,
            log=Log(io.StringIO()),
            sources=Sources(self._fetch, lambda _: ()),
        )

    def _fetch(self, url: str) -> bytes:
        self.asked.append(url)
        if url.endswith("/.well-known/openid-configuration"):
            said = {"issuer": self._issuer, "jwks_uri": f"{self._issuer}/keys"}
            return json.dumps(said).encode()
        return json.dumps(
            {"keys": [rsa_jwk(rsa_key(), kid="rsa", alg="RS256", use="sig")]}
        ).encode()

    def judge(self, claims: Json, route: str = "ANY /free", **head: object) -> Answer:
        said = {"iss": self._issuer, "exp": NOW + 60, "iat": NOW, **claims}
        present = {name: value for name, value in said.items() if value is not None}
        signed = signing_input(header("RS256") | head, present)
        token = f"{signed.decode()}.{text(sign_rs256(signed))}"
        return self._authorizer(bearer(token, route))


COGNITO_ACCESS: Json = {
    "sub": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
    "client_id": "app",
    "token_use": "access",
    "scope": "openid read",
    "auth_time": NOW,
    "username": "alice",
    "jti": "1",
}
AUTH0_ACCESS: Json = {
    "sub": "auth0|123",
    "aud": ["https://api", "https://shop.eu.auth0.com/userinfo"],
    "scope": "openid profile",
    "azp": "client",
    "permissions": ["read"],
}
OKTA_ACCESS: Json = {
    "ver": 1,
    "sub": "alice@example.com",
    "aud": "api://default",
    "cid": "client",
    "uid": "00u1",
    "scp": ["openid", "read"],
}
KEYCLOAK_ACCESS: Json = {
    "sub": "f2c1",
    "typ": "Bearer",
    "azp": "client",
    "aud": ["mocks", "account"],
    "scope": "email read profile",
    "realm_access": {"roles": ["offline_access"]},
}
GITHUB_JOB: Json = {
    "sub": "repo:shop/core:environment:int",
    "aud": "mocks",
    "repository": "shop/core",
    "repository_id": "74",
    "repository_owner_id": "65",
    "environment": "int",
    "ref": "refs/heads/main",
    "actor": "alice",
}


@pytest.mark.parametrize(
    ("said", "claims", "scopes"),
    [
        (COGNITO, COGNITO_ACCESS, "openid read"),
        (AUTH0, AUTH0_ACCESS, "openid profile read"),
        (OKTA, OKTA_ACCESS, "openid read"),
        (OKTA | {"client_ids": ["client"]}, OKTA_ACCESS, "openid read"),
        (KEYCLOAK, KEYCLOAK_ACCESS, "email read profile"),
        (GITHUB | {"scopes": ["read"]}, GITHUB_JOB, "read"),
        (JWT, {"sub": "alice", "aud": "mocks", "scope": "read"}, "read"),
    ],
)
def test_the_provider_s_token_is_accepted_and_its_scopes_count(
    said: Json, claims: Json, scopes: str
) -> None:
    provider = Provider(said)
    answer = provider.judge(claims, "ANY /{proxy+}")
    assert answer["isAuthorized"]
    assert answer["context"] == {"subject": claims["sub"], "scopes": scopes, "kind": "jwt"}


@pytest.mark.parametrize(
    ("said", "claims"),
    [
        (COGNITO, COGNITO_ACCESS | {"client_id": "other"}),
        (COGNITO, COGNITO_ACCESS | {"token_use": "id"}),
        (COGNITO, {"sub": "a", "aud": "app", "token_use": "id"}),
        (COGNITO | {"token_use": "id"}, COGNITO_ACCESS),
        (COGNITO, COGNITO_ACCESS | {"iss": COGNITO_ISSUER.replace("AbC", "XyZ")}),
        (AUTH0, AUTH0_ACCESS | {"aud": "client"}),
        (AUTH0, AUTH0_ACCESS | {"iss": "https://shop.eu.auth0.com"}),
        (OKTA | {"client_ids": ["other"]}, OKTA_ACCESS),
        (OKTA | {"client_ids": ["client"]}, OKTA_ACCESS | {"cid": None}),
        (KEYCLOAK, KEYCLOAK_ACCESS | {"typ": "ID"}),
        (KEYCLOAK, KEYCLOAK_ACCESS | {"typ": "Refresh"}),
        (KEYCLOAK, KEYCLOAK_ACCESS | {"aud": "account"}),
        (GITHUB, GITHUB_JOB | {"repository_id": "76"}),
        (GITHUB, GITHUB_JOB | {"repository_id": 74}),
        (GITHUB, GITHUB_JOB | {"repository_id": None}),
        (GITHUB, GITHUB_JOB | {"environment": None}),
        (GITHUB, GITHUB_JOB | {"environment": "production"}),
        (GITHUB, GITHUB_JOB | {"aud": "https://github.com/shop"}),
    ],
)
def test_another_token_of_the_same_provider_is_not(said: Json, claims: Json) -> None:
    assert not Provider(said).judge(claims)["isAuthorized"]


def test_a_logout_token_of_the_same_provider_is_not() -> None:
    assert not Provider(KEYCLOAK).judge(KEYCLOAK_ACCESS, typ="logout+jwt")["isAuthorized"]
    assert Provider(KEYCLOAK).judge(KEYCLOAK_ACCESS, typ="JWT")["isAuthorized"]


def test_a_job_without_the_scope_does_not_reach_a_mock_that_needs_it() -> None:
    provider = Provider(GITHUB)
    assert provider.judge(GITHUB_JOB, "ANY /free")["isAuthorized"]
    assert not provider.judge(GITHUB_JOB, "ANY /")["isAuthorized"]


def test_tokens_of_the_local_issuer_are_accepted_on_aws_by_the_keys_that_are_named() -> None:
    authorizer = Authorizer(
        settings(plain(LOCAL)),
        clock=lambda: NOW,
        log=Log(io.StringIO()),
        sources=Sources(lambda _: b"", lambda _: ()),
    )
    said = {"iss": "https://local.mockenv", "aud": "mockenv-local", "exp": NOW + 30}
    signed = signing_input(header(), said)
    for key, accepted in ((p256_key(), True), (p256_key(1), False)):
        token = f"{signed.decode()}.{text(sign_es256(signed, key))}"
        assert authorizer(bearer(token))["isAuthorized"] is accepted
