"""Which tokens open an environment: the kinds of them, and where a caller puts one."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from mockenv.settings.frozen import Frozen
from mockenv.settings.value_types import (
    HttpsUrl,
    PublicJwk,
    RepositoryId,
    SecretArn,
    Sha256,
    Text,
    UserPoolId,
    WebHost,
)

OPEN = "none-i-want-this-open"
ADMIN_SCOPE = "admin"
ACCESS: Literal["access"] = "access"

Algorithm = Literal[
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
    "ES256", "ES384", "ES512", "EdDSA", "Ed25519",
]  # fmt: skip
Algorithms = Annotated[tuple[Algorithm, ...], Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1, max_length=10)]
Claims = Annotated[dict[Text, Texts], Field(max_length=10)]


def _check_scope(scope: str) -> str:
    if not scope.isprintable() or " " in scope:
        raise ValueError("a scope is one word: no spaces")
    return scope


def _check_unreserved(scope: str) -> str:
    if scope == ADMIN_SCOPE:
        raise ValueError("admin is kept for the control planes of engines: choose another scope")
    return scope


Scope = Annotated[Text, AfterValidator(_check_scope)]
MockScope = Annotated[Scope, AfterValidator(_check_unreserved)]
Scopes = Annotated[tuple[Scope, ...], Field(max_length=20)]


class StaticTokens(Frozen):
    """Bearer tokens that are known by their SHA-256 digests, which stand here or in a secret."""

    kind: Literal["static"]
    sha256: tuple[Sha256, ...] | None = Field(default=None, min_length=1, max_length=20)
    secret: SecretArn | None = Field(
        default=None, description="ARN of a Secrets Manager secret that holds digests"
    )
    scopes: Scopes = Field(default=(), description="Scopes that each of these tokens has")

    @model_validator(mode="after")
    def _one_place(self) -> "StaticTokens":
        if (self.sha256 is None) == (self.secret is None):
            raise ValueError("give sha256, a list of digests, or secret, the ARN of a secret")
        return self


class JwtTokens(Frozen):
    """JSON Web Tokens of any issuer, verified with the keys that it publishes."""

    kind: Literal["jwt"]
    issuer: HttpsUrl
    audience: Texts
    jwks_url: HttpsUrl | None = Field(
        default=None, description="Where its keys are; without it, OIDC discovery finds them"
    )
    algorithms: Algorithms = ("RS256",)
    claims: Claims = Field(default={}, description="Claims that a token needs besides")
    scopes: Scopes = Field(default=(), description="Scopes that each of these tokens has")


class CognitoTokens(Frozen):
    """Tokens of a Cognito user pool."""

    kind: Literal["cognito"]
    user_pool_id: UserPoolId
    client_ids: Texts
    token_use: Literal["access", "id"] = ACCESS


class Auth0Tokens(Frozen):
    """Access tokens of an Auth0 tenant; its permissions count as scopes."""

    kind: Literal["auth0"]
    domain: WebHost
    audience: Texts


class OktaTokens(Frozen):
    """Access tokens of one of Okta's authorization servers."""

    kind: Literal["okta"]
    domain: WebHost
    authorization_server: Text = Field(default="default", pattern=r"^[A-Za-z0-9]+$")
    audience: Texts
    client_ids: Texts | None = None


class KeycloakTokens(Frozen):
    """Access tokens of a Keycloak realm."""

    kind: Literal["keycloak"]
    url: HttpsUrl = Field(description="Where Keycloak is: https://sso.example.com")
    realm: Text = Field(pattern=r"^[A-Za-z0-9._~-]+$")
    audience: Texts
    algorithms: Algorithms = ("RS256",)


class GithubActionsTokens(Frozen):
    """Tokens of GitHub Actions jobs: a job calls mocks as itself, without a secret."""

    kind: Literal["github-actions"]
    audience: Texts
    repository_id: Annotated[tuple[RepositoryId, ...], Field(min_length=1, max_length=10)] = Field(
        description="Numbers of the repositories, which stay when one is renamed"
    )
    claims: Claims = Field(default={}, description="Claims besides: environment, ref, …")
    scopes: Scopes = Field(default=(), description="Scopes that each of these tokens has")


class LocalTokens(Frozen):
    """Tokens of mockenv's own issuer, by public keys of your choice; locally they go without."""

    kind: Literal["local"]
    keys: Annotated[tuple[PublicJwk, ...], Field(min_length=1, max_length=5)] = Field(
        description="Public keys (JWK, P-256) whose owners may sign tokens"
    )


TokenKind = Annotated[
    StaticTokens
    | JwtTokens
    | CognitoTokens
    | Auth0Tokens
    | OktaTokens
    | KeycloakTokens
    | GithubActionsTokens
    | LocalTokens,
    Field(discriminator="kind"),
]
KIND_NAMES = (
    *("static", "jwt", "cognito", "auth0"),
    *("okta", "keycloak", "github-actions", "local"),
)


class Tokens(Frozen):
    """Which tokens open an environment, and where a caller puts them."""

    header: Literal["authorization", "x-mock-token"] = Field(
        default="authorization",
        description="x-mock-token for clients whose Authorization header belongs to the mock",
    )
    cache_seconds: int = Field(
        default=300, ge=0, le=3600, description="How long the gateway may reuse an answer"
    )
    kinds: tuple[TokenKind, ...] = Field(default=(), max_length=10)


def _check_open(text: str) -> str:
    if text != OPEN:
        raise ValueError(
            f"tokens has the keys header, cache_seconds and kinds; only {OPEN} turns the check off"
        )
    return text


NoTokens = Annotated[
    str,
    AfterValidator(_check_open),
    WithJsonSchema(
        {
            "const": OPEN,
            "description": "No token is needed: whoever knows the URL may call",
        }
    ),
]


def tokens_form(value: Any) -> str:
    """Say which of its two forms the key `tokens` has: settings, or the one text that opens."""
    return "unchecked" if isinstance(value, str) else "checked"
