"""What the token validator is told, held against what it accepts."""

import json

from mockenv.settings.model import JwtTokens, StaticTokens, Tokens
from mockenv.token_settings import token_settings

DIGEST = "a" * 64


def test_all_kinds_are_handed_on_with_those_of_the_local_issuer() -> None:
    tokens = Tokens(
        header="x-mock-token",
        kinds=(
            StaticTokens(kind="static", sha256=(DIGEST,)),
            JwtTokens(
                kind="jwt",
                issuer="https://identity.example.com",
                audience=("payments",),
                jwks_url="https://identity.example.com/jwks.json",
            ),
        ),
    )
    local = {"kind": "jwt", "issuer": "https://local.mockenv"}
    described = json.loads(json.dumps(token_settings(tokens, extra_kinds=[local])))
    assert described["header"] == "x-mock-token"
    assert described["kinds"] == [
        {"kind": "static", "sha256": [DIGEST]},
        {
            "kind": "jwt",
            "issuer": "https://identity.example.com",
            "audience": ["payments"],
            "jwks_url": "https://identity.example.com/jwks.json",
            "algorithms": ["RS256"],
        },
        local,
    ]


def test_without_kinds_nothing_is_accepted() -> None:
    assert token_settings(Tokens())["kinds"] == []
