"""What a kind of tokens comes to in the validator's own words.

Presets are expanded here and not in the Lambda: it knows two kinds and stays small, and what it
is told can be read in its TOKEN_SETTINGS. The shapes are those of `token_validator.kinds`.
"""

from functools import singledispatch
from typing import Any

from mockenv.names import LOCAL_AUDIENCE, LOCAL_ISSUER
from mockenv.settings.tokens import (
    ACCESS,
    Auth0Tokens,
    CognitoTokens,
    GithubActionsTokens,
    JwtTokens,
    KeycloakTokens,
    LocalTokens,
    OktaTokens,
    StaticTokens,
    TokenKind,
)

GITHUB_ISSUER = "https://token.actions.githubusercontent.com"
PlainKind = dict[str, Any]


@singledispatch
def plain_kind(kind: TokenKind) -> PlainKind:
    """Describe a kind in the form of the validator's settings."""
    raise TypeError(f"{type(kind).__name__} is no kind of tokens")


def issuer_of(kind: TokenKind) -> str | None:
    """Return the issuer that a kind's tokens name, None for tokens that are not signed."""
    issuer: str | None = plain_kind(kind).get("issuer")
    return issuer


@plain_kind.register
def _static(kind: StaticTokens) -> PlainKind:
    return _without_empty(kind.model_dump(mode="json"))


@plain_kind.register
def _jwt(kind: JwtTokens) -> PlainKind:
    plain = _without_empty(kind.model_dump(mode="json"))
    return plain if "jwks_url" in plain else plain | {"discover": True}


@plain_kind.register
def _cognito(kind: CognitoTokens) -> PlainKind:
    """Access tokens name their client in client_id, id tokens in aud (Amazon Cognito developer
    guide, "Verifying JSON web tokens").
    """
    region = kind.user_pool_id.partition("_")[0]
    issuer = f"https://cognito-idp.{region}.amazonaws.com/{kind.user_pool_id}"
    plain = _signed(issuer, kind.client_ids, f"{issuer}/.well-known/jwks.json")
    plain["claims"] = {"token_use": [kind.token_use]}
    return plain | ({"audience_claim": "client_id"} if kind.token_use == ACCESS else {})


@plain_kind.register
def _auth0(kind: Auth0Tokens) -> PlainKind:
    issuer = f"https://{kind.domain}/"
    plain = _signed(issuer, kind.audience, f"{issuer}.well-known/jwks.json")
    return plain | {"scope_claims": ["scope", "permissions"]}


@plain_kind.register
def _okta(kind: OktaTokens) -> PlainKind:
    issuer = f"https://{kind.domain}/oauth2/{kind.authorization_server}"
    plain = _signed(issuer, kind.audience, f"{issuer}/v1/keys")
    return plain | ({"claims": {"cid": list(kind.client_ids)}} if kind.client_ids else {})


@plain_kind.register
def _keycloak(kind: KeycloakTokens) -> PlainKind:
    """The claim typ tells Keycloak's access tokens from its id and refresh tokens."""
    issuer = f"{kind.url.rstrip('/')}/realms/{kind.realm}"
    plain = _signed(issuer, kind.audience, f"{issuer}/protocol/openid-connect/certs")
    return plain | {"algorithms": list(kind.algorithms), "claims": {"typ": ["Bearer"]}}


@plain_kind.register
def _github_actions(kind: GithubActionsTokens) -> PlainKind:
    plain = _signed(GITHUB_ISSUER, kind.audience, f"{GITHUB_ISSUER}/.well-known/jwks")
    claims = {name: list(accepted) for name, accepted in kind.claims.items()}
    plain["claims"] = claims | {"repository_id": list(kind.repository_id)}
    return plain | ({"scopes": list(kind.scopes)} if kind.scopes else {})


@plain_kind.register
def _local(kind: LocalTokens) -> PlainKind:
    plain = _signed(LOCAL_ISSUER, (LOCAL_AUDIENCE,), "") | {"algorithms": ["ES256"]}
    del plain["jwks_url"]
    return plain | {"jwks": {"keys": [dict(key) for key in kind.keys]}}


def _signed(issuer: str, audience: tuple[str, ...], jwks_url: str) -> PlainKind:
    return {
        "kind": "jwt",
        "issuer": issuer,
        "audience": list(audience),
        "jwks_url": jwks_url,
        "algorithms": ["RS256"],
    }


def _without_empty(members: PlainKind) -> PlainKind:
    """Leave out what says nothing: a Lambda function's environment holds 4 KB."""
    return {name: value for name, value in members.items() if value not in (None, [], {})}
