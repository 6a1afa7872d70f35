import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from token_validator import jws
from token_validator.refusal import Refusal
from validator_tokens import es256_token, header, signing_input, text


def token_with_header(head: dict[str, object] | bytes) -> str:
    return signing_input(head, {"a": 1}).decode() + ".c2ln"


def test_the_parts_are_taken_apart() -> None:
    parsed = jws.parse_token(token_with_header({"alg": "ES256", "kid": "k", "typ": "JWT"}))
    assert parsed.algorithm == "ES256"
    assert parsed.key_id == "k"
    assert parsed.type == "JWT"
    assert json.loads(parsed.payload) == {"a": 1}
    assert parsed.signature == b"sig"
    assert f"{parsed.signing_input.decode()}.c2ln" == token_with_header(
        {"alg": "ES256", "kid": "k", "typ": "JWT"}
    )


def test_a_token_need_not_name_its_key() -> None:
    assert jws.parse_token(es256_token(header(kid=None))).key_id is None


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "...",
        "abc",
        "e30.e30",
        "e30.e30.",
        ".e30.e30",
        "e30..e30",
        "a.b.c.d.e",
        "é.e.e",
    ],
)
def test_other_forms_are_not_compact(token: str) -> None:
    with pytest.raises(jws.TokenNotCompact):
        jws.parse_token(token)


@pytest.mark.parametrize("part", [0, 1, 2])
@pytest.mark.parametrize("suffix", ["=", "\n", "A===", "+", "%3D", " "])
def test_every_part_is_canonical_base64url(part: int, suffix: str) -> None:
    parts = es256_token().split(".")
    parts[part] += suffix
    with pytest.raises(jws.TokenNotBase64url):
        jws.parse_token(".".join(parts))


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"[]",
        b"not JSON",
        b'{"alg": "ES256", "alg": "none"}',
        {},
        {"alg": None},
        {"alg": 256},
        {"alg": ["ES256"]},
        {"alg": "ES256", "kid": None},
        {"alg": "ES256", "kid": 7},
        {"alg": "ES256", "kid": ""},
        {"alg": "ES256", "kid": "k" * (jws.MAX_KEY_ID_CHARACTERS + 1)},
        {"alg": "ES256", "typ": None},
        {"alg": "ES256", "typ": ["JWT"]},
    ],
)
def test_a_header_out_of_form_is_refused(head: dict[str, object] | bytes) -> None:
    with pytest.raises((jws.HeaderMalformed, jws.TokenNotCompact)):
        jws.parse_token(token_with_header(head))


@pytest.mark.parametrize("critical", [["exp"], ["b64"], [], None, "exp"])
def test_any_critical_extension_is_refused(critical: object) -> None:
    with pytest.raises(jws.HeaderCritical):
        jws.parse_token(token_with_header({"alg": "ES256", "crit": critical, "b64": False}))


@pytest.mark.parametrize("encoded", [False, None, "false", 0, 1])
def test_a_payload_that_is_not_encoded_is_refused(encoded: object) -> None:
    with pytest.raises(jws.PayloadUnencoded):
        jws.parse_token(token_with_header({"alg": "ES256", "b64": encoded}))


def test_the_longest_key_id_is_read() -> None:
    key_id = "k" * jws.MAX_KEY_ID_CHARACTERS
    assert jws.parse_token(token_with_header({"alg": "ES256", "kid": key_id})).key_id == key_id


@pytest.mark.parametrize("payload", [b"[]", b"7", b"text", b'{"exp": 1, "exp": 2}', b"\xff"])
def test_a_payload_that_is_no_clear_object_is_refused(payload: bytes) -> None:
    with pytest.raises(jws.PayloadMalformed):
        jws.parse_payload(payload)


@given(st.text() | st.lists(st.binary().map(text), min_size=3, max_size=3).map(".".join))
def test_any_text_is_parsed_or_refused(token: str) -> None:
    try:
        jws.parse_payload(jws.parse_token(token).payload)
    except Refusal:
        return


def test_a_header_that_comes_again_is_judged_the_same() -> None:
    good, bad = es256_token(), token_with_header({"alg": "ES256", "crit": ["b64"]})
    for _ in range(2):
        assert jws.parse_token(good).key_id == "p256"
        with pytest.raises(jws.HeaderCritical):
            jws.parse_token(bad)
