"""What the token validator is told, held against what it accepts."""

import json
from pathlib import Path

from builders import mock
from mockenv.settings.tokens import Tokens
from mockenv.token_settings import (
    local_token_settings,
    needed_scopes,
    secrets_of,
    token_settings,
)
from token_validator.settings import parse_settings

DIGEST = "a" * 64
ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mockenv/tokens-AbCdEf"
JWK = {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}
LOCAL = {
    "kind": "jwt",
    "issuer": "https://local.mockenv",
    "audience": ["mockenv-local"],
    "algorithms": ["ES256"],
    "jwks": {"keys": [JWK]},
}
TOKENS = Tokens.model_validate_json(
    json.dumps(
        {
            "header": "x-mock-token",
            "kinds": [
                {"kind": "static", "sha256": [DIGEST]},
                {"kind": "static", "secret": ARN, "scopes": ["ci"]},
                {"kind": "jwt", "issuer": "https://id.example.com", "audience": ["payments"]},
                {"kind": "local", "keys": [JWK]},
            ],
        }
    )
)
STATIC = {"kind": "static", "sha256": [DIGEST]}
JWT = {
    "kind": "jwt",
    "issuer": "https://id.example.com",
    "audience": ["payments"],
    "algorithms": ["RS256"],
    "discover": True,
}
MOCKS = (
    mock(Path("core.yaml")),
    mock(Path("pay.yaml"), "pay", "/pay", scopes=("read", "write")),
)


def test_on_aws_all_kinds_are_handed_on() -> None:
    assert token_settings(TOKENS, MOCKS) == {
        "header": "x-mock-token",
        "kinds": [STATIC, {"kind": "static", "secret": ARN, "scopes": ["ci"]}, JWT, LOCAL],
        "scopes": {"/pay": ["read", "write"]},
    }


def test_locally_the_run_s_issuer_stands_in_for_what_only_aws_has() -> None:
    own = {**LOCAL, "jwks": {"keys": [JWK | {"kid": "this run's"}]}}
    described = local_token_settings(TOKENS, MOCKS, issuer_kind=own)
    assert described["kinds"] == [STATIC, JWT, own]
    assert described["scopes"] == {"/pay": ["read", "write"]}


def test_the_local_issuer_opens_nothing_on_aws_unless_it_is_named() -> None:
    unnamed = TOKENS.model_copy(update={"kinds": TOKENS.kinds[:3]})
    described = token_settings(unnamed, MOCKS)
    assert "local.mockenv" not in json.dumps(described)
    assert "https://local.mockenv" in json.dumps(token_settings(TOKENS, MOCKS))


def test_the_validator_reads_what_it_is_told() -> None:
    for described in (
        token_settings(TOKENS, MOCKS),
        local_token_settings(Tokens(), MOCKS, issuer_kind=LOCAL),
    ):
        parsed = parse_settings(json.dumps(described))
        assert parsed.header == described["header"]
        assert len(parsed.static_kinds) + len(parsed.jwt_kinds) == len(described["kinds"])
        assert parsed.scopes == {"/pay": frozenset({"read", "write"})}


def test_without_kinds_nothing_is_accepted() -> None:
    assert token_settings(Tokens(), ()) == {"header": "authorization", "kinds": []}


def test_secrets_are_listed_for_who_may_read_them() -> None:
    assert secrets_of(TOKENS) == [ARN]
    assert secrets_of(Tokens()) == []


def test_mocks_that_need_no_scope_are_left_out() -> None:
    assert needed_scopes(MOCKS) == {"/pay": ["read", "write"]}
    assert needed_scopes(MOCKS[:1]) == {}
