"""Kinds of tokens in a settings file: what is read, and how each mistake is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mockenv.settings.problems import Problem
from mockenv.settings.resolve import load_settings, resolve_environment
from mockenv.settings.tokens import KIND_NAMES, Tokens

Ask = Callable[[str], Problem]
Write = Callable[[str], Path]

MINIMAL = "project: shop\nmocks:\n  core: {path: /, spec: core.yaml}\n"
ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mockenv/tokens-AbCdEf"
JWK = "{kty: EC, crv: P-256, x: AA, y: AA, kid: mine}"
POOL = "eu-central-1_AbCdEfGhI"
KINDS = {
    "static": f"{{kind: static, secret: '{ARN}', scopes: [ci]}}",
    "jwt": "{kind: jwt, issuer: 'https://id.example.com', audience: [a], claims: {t: [a, b]}}",
    "cognito": f"{{kind: cognito, user_pool_id: {POOL}, client_ids: [abc]}}",
    "auth0": "{kind: auth0, domain: shop.eu.auth0.com, audience: ['https://api']}",
    "okta": "{kind: okta, domain: shop.okta.com, audience: ['api://default']}",
    "keycloak": "{kind: keycloak, url: 'https://sso.example.com', realm: shop, audience: [a]}",
    "github-actions": "{kind: github-actions, audience: [a], repository_id: [123, '456']}",
    "local": f"{{kind: local, keys: [{JWK}]}}",
}


def with_kinds(*kinds: str) -> str:
    return f"{MINIMAL}tokens:\n  kinds:\n" + "".join(f"    - {kind}\n" for kind in kinds)


def with_tokens(text: str, ttl: str = "8h") -> str:
    return f"{MINIMAL}tokens: {text}\nenvironments:\n  dev:\n    ttl: {ttl}\n"


def test_every_kind_is_read(settings_file: Write) -> None:
    tokens = load_settings(settings_file(with_kinds(*KINDS.values()))).settings.tokens
    assert isinstance(tokens, Tokens)
    assert tuple(kind.kind for kind in tokens.kinds) == KIND_NAMES == tuple(KINDS)


MISTAKES = [
    (KINDS["static"].replace("secret:", "secrte:"), "secrte", "did you mean secret?"),
    (KINDS["static"].replace(ARN, "mockenv/tokens"), "secret", "a secret's whole ARN"),
    (KINDS["static"].replace("-AbCdEf", ""), "secret", "a secret's whole ARN"),
    (KINDS["static"].replace("scopes: [ci]", "scopes: ['a b']"), "scopes.0", "one word"),
    ("{kind: static}", "", "give sha256, a list of digests, or secret"),
    (
        KINDS["static"].replace("scopes: [ci]", f"sha256: ['{'a' * 64}']"),
        "",
        "give sha256, a list of digests, or secret",
    ),
    (KINDS["jwt"].replace("[a]", "[]"), "audience", "it needs at least 1"),
    (KINDS["jwt"].replace("https:", "http:"), "issuer", "https://"),
    (
        KINDS["jwt"].replace("claims: {t", "algorithms: [HS256], claims: {t"),
        "algorithms.0",
        "'RS256'",
    ),
    (KINDS["jwt"].replace("{t: [a, b]}", "{t: a}"), "claims.t", "a list"),
    (KINDS["jwt"].replace("{t: [a, b]}", "{t: []}"), "claims.t", "it needs at least 1"),
    (KINDS["cognito"].replace(POOL, "AbCdEfGhI"), "user_pool_id", "holds its region"),
    (KINDS["cognito"].replace(", client_ids: [abc]", ""), "client_ids", "add client_ids:"),
    (
        KINDS["cognito"].replace("[abc]", "[abc], token_use: refresh"),
        "token_use",
        "'access' or 'id'",
    ),
    (KINDS["auth0"].replace("shop.eu", "https://shop.eu"), "domain", "a host's name"),
    (KINDS["auth0"].replace("audience: ['https://api']", "audience: api"), "audience", "a list"),
    (KINDS["okta"].replace("shop.okta.com", "shop"), "domain", "a host's name"),
    (
        KINDS["okta"].replace("audience:", "authorization_server: a/b, audience:"),
        "authorization_server",
        "pattern",
    ),
    (KINDS["keycloak"].replace("realm: shop", "realm: a/b"), "realm", "pattern"),
    (KINDS["keycloak"].replace("https:", "http:"), "url", "https://"),
    (
        KINDS["github-actions"].replace(", repository_id: [123, '456']", ""),
        "repository_id",
        "add repository_id:",
    ),
    (KINDS["github-actions"].replace("123", "shop/core"), "repository_id.0", "gh api"),
    (KINDS["github-actions"].replace("123", "true"), "repository_id.0", "gh api"),
    (KINDS["github-actions"].replace("[123, '456']", "[]"), "repository_id", "at least 1"),
    (KINDS["local"].replace("x: AA", "d: AA"), "keys.0", "never d"),
    (KINDS["local"].replace("P-256", "P-384"), "keys.0", "crv: P-256"),
    ("{kind: local}", "keys", "add keys:"),
]


@pytest.mark.parametrize(("kind", "key", "right"), MISTAKES)
def test_a_mistake_is_named_with_line_and_key(
    problem: Ask, kind: str, key: str, right: str
) -> None:
    found = problem(with_kinds(KINDS["auth0"].replace("shop", "other"), kind))
    assert (found.file, found.line) == ("mockenv.yaml", 7)
    assert found.key == f"tokens.kinds.1.{key}".rstrip(".")
    assert right in found.right


def test_a_private_key_is_not_repeated(problem: Ask) -> None:
    found = problem(with_kinds(f"{{kind: local, keys: [{JWK.replace('x: AA', 'd: secret')}]}}"))
    assert "secret" not in str(found).replace("secretsmanager", "")


@pytest.mark.parametrize(
    ("first", "second", "key"),
    [
        (KINDS["cognito"], KINDS["cognito"].replace("abc", "def"), "tokens.kinds.1"),
        (KINDS["github-actions"], KINDS["github-actions"].replace("123", "7"), "tokens.kinds.1"),
        (
            KINDS["okta"],
            "{kind: jwt, issuer: 'https://shop.okta.com/oauth2/default', audience: [a]}",
            "tokens.kinds.1.issuer",
        ),
        (KINDS["local"], KINDS["local"], "tokens.kinds.1"),
    ],
)
def test_an_issuer_stands_once_also_behind_presets(
    problem: Ask, first: str, second: str, key: str
) -> None:
    found = problem(with_kinds(first, second))
    assert (found.line, found.key) == (7, key)
    assert found.wrong.endswith("has a kind already")


def test_three_secrets_are_too_many(problem: Ask) -> None:
    found = problem(with_kinds(*[KINDS["static"]] * 3))
    assert (found.line, found.key) == (8, "tokens.kinds.2.secret")
    assert found.right == "put all digests into one secret"


@pytest.mark.parametrize("scopes", ["[read]", "[read, 'payments:write']"])
def test_a_mock_may_need_scopes(settings_file: Write, scopes: str) -> None:
    file = settings_file(MINIMAL.replace("core.yaml}", f"core.yaml, scopes: {scopes}}}"))
    assert resolve_environment(file, "dev").mocks[0].scopes[0] == "read"


@pytest.mark.parametrize(
    ("scopes", "key", "right"),
    [
        ("[admin]", "mocks.core.scopes.0", "kept for the control planes"),
        ("['a b']", "mocks.core.scopes.0", "one word"),
        ("['']", "mocks.core.scopes.0", "at least 1"),
        ("read", "mocks.core.scopes", "a list"),
    ],
)
def test_a_scope_that_can_not_be_needed_is_refused(
    problem: Ask, scopes: str, key: str, right: str
) -> None:
    found = problem(MINIMAL.replace("core.yaml}", f"core.yaml, scopes: {scopes}}}"))
    assert (found.line, found.key) == (3, key)
    assert right in found.right


def test_the_check_is_turned_off_in_so_many_words(settings_file: Write) -> None:
    file = settings_file(with_tokens("none-i-want-this-open"))
    assert resolve_environment(file, "dev").tokens is None


@pytest.mark.parametrize("text", ["none", "open", "'off'", "''", "none-i-want-this-Open"])
def test_no_other_word_turns_it_off(problem: Ask, text: str) -> None:
    found = problem(with_tokens(text))
    assert (found.line, found.key) == (4, "tokens")
    assert "only none-i-want-this-open turns the check off" in found.right


@pytest.mark.parametrize("text", ["false", "[]", "0", "null"])
def test_nothing_that_is_no_word_does(problem: Ask, text: str) -> None:
    found = problem(with_tokens(text))
    assert (found.line, found.key) == (4, "tokens")
    assert found.right == "this is keys with values: cache_seconds, header, kinds"


def test_an_open_environment_has_an_end(problem: Ask) -> None:
    text = with_tokens("none-i-want-this-open", "never").replace("dev:", "dev:\n    max_ttl: never")
    found = problem(text)
    assert (found.line, found.key) == (8, "environments.dev.ttl")
    assert found.wrong.startswith("an environment without an end can't be open")
    assert "tokens.kinds" in found.right


def test_defaults_without_an_end_can_not_be_open_either(problem: Ask) -> None:
    text = f"{MINIMAL}tokens: none-i-want-this-open\ndefaults: {{ttl: never, max_ttl: never}}\n"
    assert problem(text).key == "defaults.ttl"


def test_scopes_that_nobody_checks_are_a_mistake(problem: Ask) -> None:
    text = with_tokens("none-i-want-this-open").replace("core.yaml}", "core.yaml, scopes: [a]}")
    found = problem(text)
    assert (found.line, found.key) == (3, "mocks.core.scopes")
