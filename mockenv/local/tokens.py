"""The tokens of a local run: which the validator accepts, and how one is made."""

import re
from pathlib import Path
from typing import Any

from mockenv.errors import ExitCode, MockenvError
from mockenv.local.run import is_up
from mockenv.local.token_issuer import ALGORITHM, LOCAL_ISSUER, TokenIssuer
from mockenv.names import LOCAL_AUDIENCE

DEFAULT_SUBJECT = "developer"
FIRST_TOKEN_SECONDS = 3600
LONGEST_LIFETIME_SECONDS = 86_400
SECONDS_PER_UNIT = {"s": 1, "m": 60, "h": 3600}


def issuer_kind(issuer: TokenIssuer) -> dict[str, Any]:
    """Describe the local issuer in the form of the validator's settings."""
    return {
        "kind": "jwt",
        "issuer": LOCAL_ISSUER,
        "audience": [LOCAL_AUDIENCE],
        "algorithms": [ALGORITHM],
        "jwks": issuer.jwks(),
    }


def key_file(state: Path) -> Path:
    """Return where a run keeps its issuer's private key, readable by its owner only."""
    return state / "issuer.pem"


def mint(issuer: TokenIssuer, subject: str, scopes: list[str], lifetime_seconds: int) -> str:
    """Sign a token that a local run accepts; raises MockenvError for a scope that can't be."""
    try:
        return issuer.mint(subject, LOCAL_AUDIENCE, scopes, lifetime_seconds)
    except ValueError as error:
        raise MockenvError(
            f"this token can't be made: {error}",
            next_step="name one scope per --scope, without spaces",
            exit_code=ExitCode.BAD_INPUT,
        ) from error


def mint_for_running(state: Path, subject: str, scopes: list[str], lifetime_seconds: int) -> str:
    """Sign a token with the key of a run that is up; raises MockenvError if none is."""
    if is_up(state) is None:
        raise MockenvError(
            f"the environment {state.name} is not up in {state.parent.parent}",
            next_step="start it with mockenv up, then ask again",
            exit_code=ExitCode.UNKNOWN_ENVIRONMENT,
        )
    return mint(TokenIssuer.load(key_file(state)), subject, scopes, lifetime_seconds)


def parse_lifetime(text: str) -> int:
    """Return seconds for `30s`, `15m`, `1h`; raises MockenvError for anything else."""
    match = re.fullmatch(r"([1-9][0-9]{0,4})([smh])", text)
    seconds = int(match[1]) * SECONDS_PER_UNIT[match[2]] if match else 0
    if not 0 < seconds <= LONGEST_LIFETIME_SECONDS:
        raise MockenvError(
            f"{text!r} is not a token's lifetime",
            next_step="give a whole number with s, m or h, at most 24h: --ttl 15m",
            exit_code=ExitCode.BAD_INPUT,
        )
    return seconds
