import json
from collections.abc import Mapping

from mockenv.local.token_warnings import token_warnings
from mockenv.settings.tokens import Tokens

ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mockenv/tokens-AbCdEf"
JWK = {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}


def test_tokens_that_are_the_same_on_both_sides_need_no_word() -> None:
    kinds = [{"kind": "static", "sha256": ["a" * 64]}]
    assert list(token_warnings(Tokens.model_validate_json(_json(*kinds)))) == []


def test_what_is_left_out_here_is_named_with_its_place_and_a_way_out() -> None:
    kinds: list[Mapping[str, object]] = [
        {"kind": "static", "secret": ARN},
        {"kind": "static", "sha256": ["a" * 64]},
        {"kind": "local", "keys": [JWK]},
    ]
    secret, local = token_warnings(Tokens.model_validate_json(_json(*kinds)))
    assert secret.startswith("tokens.kinds.0 is left out here: its digests are in AWS Secrets")
    assert local.startswith("tokens.kinds.2 is left out here: a run on this machine has a key")
    assert "mockenv token" in secret


def test_a_check_that_is_off_is_told_loudly() -> None:
    (line,) = token_warnings(None)
    assert line.startswith("WARNING: tokens is none-i-want-this-open: every request")


def _json(*kinds: Mapping[str, object]) -> str:
    return json.dumps({"kinds": kinds})
