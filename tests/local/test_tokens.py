"""Tokens of a local run."""

from pathlib import Path

import pytest

from mockenv.errors import ExitCode, MockenvError
from mockenv.local.token_issuer import LOCAL_ISSUER, TokenIssuer
from mockenv.local.tokens import issuer_kind, mint, mint_for_running, parse_lifetime


@pytest.mark.parametrize(("text", "seconds"), [("30s", 30), ("15m", 900), ("24h", 86_400)])
def test_lifetimes(text: str, seconds: int) -> None:
    assert parse_lifetime(text) == seconds


@pytest.mark.parametrize("text", ["", "0s", "1", "h", "25h", "1d", "-1s", "1.5h", "1h ", "９s"])
def test_what_is_no_lifetime_is_bad_input(text: str) -> None:
    with pytest.raises(MockenvError) as caught:
        parse_lifetime(text)
    assert caught.value.exit_code == ExitCode.BAD_INPUT
    assert "--ttl 15m" in caught.value.next_step


def test_the_validator_is_given_public_keys_only() -> None:
    kind = issuer_kind(TokenIssuer.create())
    assert kind["issuer"] == LOCAL_ISSUER
    assert kind["algorithms"] == ["ES256"]
    assert all("d" not in key for key in kind["jwks"]["keys"])


def test_a_scope_with_a_space_is_bad_input() -> None:
    with pytest.raises(MockenvError) as caught:
        mint(TokenIssuer.create(), "me", ["a b"], 60)
    assert caught.value.exit_code == ExitCode.BAD_INPUT


def test_without_a_run_there_is_no_token(tmp_path: Path) -> None:
    with pytest.raises(MockenvError, match="is not up") as caught:
        mint_for_running(tmp_path / "local", "me", [], 60)
    assert caught.value.exit_code == ExitCode.UNKNOWN_ENVIRONMENT
