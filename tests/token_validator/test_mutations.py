"""Tokens that were altered in any way are refused."""

import base64
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from token_validator.decision import Caller, decide
from token_validator.log import Log
from token_validator.refusal import Refusal
from token_validator.rules import build_rules
from token_validator.settings import parse_settings
from token_validator.sources import real_sources
from validator_tokens import NOW, bearer, es256_token, rs256_token
from validator_tokens import settings as token_settings

RULES = build_rules(
    parse_settings(token_settings()), log=Log(io.StringIO()), sources=real_sources()
)


def judge(token: str) -> Caller:
    return decide(bearer(token), RULES, NOW)


VALID_TOKENS = (es256_token(), rs256_token())
CHARACTERS = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/")


@st.composite
def mutations(draw: st.DrawFn) -> str:
    token = draw(st.sampled_from(VALID_TOKENS))
    start = draw(st.integers(0, len(token)))
    end = draw(st.integers(start, min(len(token), start + 3)))
    mutation = token[:start] + draw(st.text(CHARACTERS, max_size=3)) + token[end:]
    return mutation if mutation not in VALID_TOKENS else token[:-1]


@settings(max_examples=1500)
@given(mutations())
def test_any_mutation_of_a_valid_token_is_refused(token: str) -> None:
    with pytest.raises(Refusal):
        judge(token)


@given(st.permutations([0, 1, 2]), st.lists(st.sampled_from(VALID_TOKENS), min_size=3, max_size=3))
def test_parts_of_valid_tokens_make_no_other_valid_token(
    order: list[int], tokens: list[str]
) -> None:
    mixed = ".".join(token.split(".")[part] for part, token in zip(order, tokens, strict=True))
    if mixed in VALID_TOKENS:
        assert judge(mixed).kind == "jwt"
    else:
        with pytest.raises(Refusal):
            judge(mixed)


def test_a_standard_base64_spelling_of_a_valid_token_is_refused() -> None:
    signed, _, signature = es256_token().rpartition(".")
    spelled = base64.b64encode(base64.urlsafe_b64decode(signature + "==")).decode()
    with pytest.raises(Refusal):
        judge(f"{signed}.{spelled}")
