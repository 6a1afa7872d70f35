"""Published attacks on JWTs, through the whole validator: each is refused, and for its reason.

Most are collected in RFC 8725; others carry the number under which they became known.
"""

import base64
import hmac
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from token_validator.authorizer import Authorizer
from token_validator.log import Log
from token_validator.sources import real_sources
from validator_tokens import (
    ISSUER,
    NOW,
    Json,
    bearer,
    claims,
    es256_token,
    header,
    jwks,
    jwt_kind,
    p256_jwk,
    p256_key,
    rs256_token,
    rsa_jwk,
    rsa_key,
    settings,
    sign_es256,
    signing_input,
    text,
)

OTHER_ISSUER = "https://other.example"
OTHER_KEYS: Json = {"keys": [p256_jwk(p256_key(1), kid="p256"), rsa_jwk(rsa_key(), kid="shared")]}
OTHER = jwt_kind(issuer=OTHER_ISSUER, audience=["orders"], jwks=OTHER_KEYS)


class Judge:
    def __init__(self, text_of_settings: str) -> None:
        self._stream = io.StringIO()
        self._authorizer = Authorizer(
            text_of_settings, clock=lambda: NOW, log=Log(self._stream), sources=real_sources()
        )

    def reason(self, token: str) -> str | None:
        """Why a token is refused; None for an accepted one."""
        answer = self._authorizer(bearer(token))
        if answer["isAuthorized"]:
            return None
        assert answer == {"isAuthorized": False, "context": {}}
        return str(json.loads(self._stream.getvalue().splitlines()[-1])["reason"])


JUDGE = Judge(settings(jwt_kind(), OTHER))


def unsigned(algorithm: object, signature: str = "") -> str:
    return f"{signing_input(header() | {'alg': algorithm}, claims()).decode()}.{signature}"


def test_the_tokens_that_are_attacked_are_valid() -> None:
    assert JUDGE.reason(es256_token()) is None
    assert JUDGE.reason(rs256_token()) is None


SPELLINGS = ["none", "None", "NONE", "nOnE", "none ", " none", "none\x00", "", "null", "nоne"]


@pytest.mark.parametrize("algorithm", SPELLINGS)
def test_no_algorithm_is_none(algorithm: str) -> None:
    """CVE-2015-9235 and its many variants."""
    assert JUDGE.reason(unsigned(algorithm)) == "token_not_compact"
    right = es256_token(header() | {"alg": algorithm})
    for token in (unsigned(algorithm, "AA"), right):
        assert JUDGE.reason(token) == "algorithm_not_allowed"


@pytest.mark.parametrize("algorithm", [None, True, 0, [], ["ES256"], {"ES256": 1}])
def test_an_algorithm_is_a_text(algorithm: object) -> None:
    assert JUDGE.reason(unsigned(algorithm, "AA")) == "header_malformed"


PUBLIC_KEYS = [
    json.dumps(rsa_jwk(rsa_key(), kid="rsa")).encode(),
    rsa_key().public_key().public_numbers().n.to_bytes(256, "big"),
    p256_key().public_key().public_numbers().x.to_bytes(32, "big"),
    b"",
]


@pytest.mark.parametrize("secret", PUBLIC_KEYS)
@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
def test_a_public_key_is_no_shared_secret(algorithm: str, secret: bytes) -> None:
    """CVE-2016-10555: RS/HS confusion."""
    signed = signing_input(header(algorithm, kid="rsa"), claims())
    digest = {"HS256": "sha256", "HS384": "sha384", "HS512": "sha512"}[algorithm]
    token = f"{signed.decode()}.{text(hmac.digest(secret, signed, digest))}"
    assert JUDGE.reason(token) == "algorithm_not_allowed"


@pytest.mark.parametrize(
    ("algorithm", "key_id"), [("RS256", "p256"), ("ES256", "rsa"), ("RS256", "none")]
)
def test_an_algorithm_of_another_type_of_key_has_no_key(algorithm: str, key_id: str) -> None:
    assert JUDGE.reason(es256_token(header(algorithm, kid=key_id))) == "key_unknown"


@pytest.mark.parametrize(
    "members",
    [
        {"jwk": p256_jwk(p256_key(7))},
        {"jwk": p256_jwk(p256_key(7)), "kid": None},
        {"jku": "https://attacker.example/jwks.json"},
        {"x5u": "https://attacker.example/chain.pem"},
        {"x5c": ["MIIB"], "x5t": "AAAA", "x5t#S256": "AAAA"},
    ],
)
def test_keys_that_a_token_brings_along_count_for_nothing(members: Json) -> None:
    """CVE-2018-0114."""
    head = {name: value for name, value in (header() | members).items() if value is not None}
    assert JUDGE.reason(es256_token(head, key=p256_key(7))) == "signature_wrong"
    assert JUDGE.reason(es256_token(head)) is None


@pytest.mark.parametrize(
    "key_id",
    [
        *("../../../../dev/null", "/dev/null", "' UNION SELECT 'secret' --", "p256; ls", "%00"),
        *("p256\x00", "p256\n", " p256", "P256", "\u202ep256", "ｐ256", "k" * 128),
        *("https://attacker.example/k", "__proto__", "constructor", "0"),
    ],
)
def test_a_key_id_is_nothing_but_a_name(key_id: str) -> None:
    assert JUDGE.reason(es256_token(header(kid=key_id))) == "key_unknown"


@pytest.mark.parametrize("key_id", ["", "k" * 129, 7, None, [], {"p256": 1}])
def test_a_key_id_is_a_short_text(key_id: object) -> None:
    assert JUDGE.reason(es256_token({"alg": "ES256", "kid": key_id})) == "header_malformed"


def test_a_stripped_signature_is_none() -> None:
    signed = es256_token().rpartition(".")[0]
    assert JUDGE.reason(signed) == "token_not_compact"
    assert JUDGE.reason(f"{signed}.") == "token_not_compact"
    assert JUDGE.reason(f"{signed}.AA") == "signature_wrong"


@pytest.mark.parametrize("signature", [b"\0" * 64, b"\0" * 63 + b"\1", b"\xff" * 64, b"\0" * 8])
def test_a_psychic_signature_is_wrong(signature: bytes) -> None:
    """CVE-2022-21449."""
    signed = signing_input(header(), claims()).decode()
    assert JUDGE.reason(f"{signed}.{text(signature)}") == "signature_wrong"


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"crit": ["exp"]}, "header_critical"),
        ({"crit": ["b64"], "b64": False}, "header_critical"),
        ({"crit": ["b64"], "b64": True}, "header_critical"),
        ({"crit": []}, "header_critical"),
        ({"crit": None}, "header_critical"),
        ({"b64": False}, "payload_unencoded"),
        ({"typ": "logout+jwt"}, "type_not_accepted"),
        ({"typ": "dpop+jwt"}, "type_not_accepted"),
        ({"typ": 7}, "header_malformed"),
    ],
)
def test_headers_that_change_the_meaning_are_refused(members: Json, reason: str) -> None:
    assert JUDGE.reason(es256_token(header() | members)) == reason


def test_keys_of_one_issuer_don_t_sign_for_another() -> None:
    body = claims(iss=OTHER_ISSUER, aud="orders")
    assert JUDGE.reason(es256_token(body=body, key=p256_key(1))) is None
    assert JUDGE.reason(es256_token(body=body)) == "signature_wrong"
    assert JUDGE.reason(es256_token(key=p256_key(1))) == "signature_wrong"
    mixed = es256_token(body=claims(iss=OTHER_ISSUER), key=p256_key(1))
    assert JUDGE.reason(mixed) == "audience_wrong"


@pytest.mark.parametrize("issuer", [[ISSUER], {"a": ISSUER}, None, "", True, 0])
def test_an_issuer_is_one_text(issuer: object) -> None:
    """CVE-2024-53861 and others: an issuer that is compared as a part, or as a list."""
    assert JUDGE.reason(es256_token(body=claims() | {"iss": issuer})) == "issuer_missing"


@pytest.mark.parametrize("issuer", [ISSUER + "/", ISSUER[:-1], ISSUER.upper(), ISSUER + "\x00"])
def test_an_issuer_is_compared_exactly(issuer: str) -> None:
    assert JUDGE.reason(es256_token(body=claims(iss=issuer))) == "issuer_unknown"


def raw_claims(members: str) -> bytes:
    return f'{{"iss": "{ISSUER}", "aud": "payments", "sub": "alice", {members}}}'.encode()


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ('"exp": 1800000060', None),
        ('"exp": 1800000060.5', None),
        ('"exp": 1.80000006e9', None),
        ('"exp": "1800000060"', "time_malformed"),
        ('"exp": true', "time_malformed"),
        ('"exp": null', "time_malformed"),
        ('"exp": [1800000060]', "time_malformed"),
        ('"exp": -1800000060', "time_malformed"),
        ('"exp": 1e999', "time_malformed"),
        ('"exp": -1e999', "time_malformed"),
        ('"exp": 1e300', "time_malformed"),
        ('"exp": 1' + "0" * 300, "time_malformed"),
        ('"exp": 1' + "0" * 5000, "payload_malformed"),
        ('"exp": NaN', "payload_malformed"),
        ('"exp": Infinity', "payload_malformed"),
        ('"exp": 0x6b49d23c', "payload_malformed"),
        ('"exp": 1800000060, "exp": 1', "payload_malformed"),
        ('"exp": 1, "\\u0065xp": 1800000060', "payload_malformed"),
        ('"exp": 1800000060, "x": {"a": 1, "a": 2}', "payload_malformed"),
        ('"exp": 1800000060, "sub2": "\\ud800"', "payload_malformed"),
        ('"exp": 1800000060, "x": ' + "[" * 2000 + "]" * 2000, "payload_malformed"),
        ('"exp": 1800000060 // comment', "payload_malformed"),
        ('"exp": 1800000060,', "payload_malformed"),
        ('"Exp": 1800000060', "expiry_missing"),
    ],
)
def test_numbers_and_names_are_what_they_are(members: str, reason: str | None) -> None:
    assert JUDGE.reason(es256_token(body=raw_claims(members))) == reason


@pytest.mark.parametrize(
    "payload", [b"\xef\xbb\xbf{}", b"{}\x00", b"\xff\xfe{\x00}\x00", b"{}{}", b"", b"\x00"]
)
def test_a_payload_is_one_object_in_utf_8(payload: bytes) -> None:
    expected = "token_not_compact" if payload == b"" else "payload_malformed"
    assert JUDGE.reason(es256_token(body=payload)) == expected


def test_a_token_in_a_token_is_none() -> None:
    inner = es256_token().encode()
    for payload in (inner, b'"' + inner + b'"'):
        nested = es256_token(header() | {"cty": "JWT"}, payload)
        assert JUDGE.reason(nested) == "payload_malformed"


PARTS = es256_token().split(".")


@pytest.mark.parametrize("part", [0, 1, 2])
@pytest.mark.parametrize("change", ["=", "==", "\n", "\r\n", "\t", "%3D", "+", "/", "é", "\x00"])
def test_base64url_has_one_spelling(part: int, change: str) -> None:
    parts = [*PARTS]
    parts[part] += change
    reasons = {"token_not_base64url", "credential_malformed"}
    assert JUDGE.reason(".".join(parts)) in reasons


def test_left_over_bits_are_zero() -> None:
    """64 bytes take 86 characters, the last of which has four bits to spare."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = alphabet.index(PARTS[2][-1])
    for bits in range(1, 16):
        other = ".".join([*PARTS[:2], PARTS[2][:-1] + alphabet[last | bits]])
        assert JUDGE.reason(other) == "token_not_base64url"


def test_standard_base64_is_another_alphabet() -> None:
    payload = claims(sub="??>>??>>~~~~")
    parts = es256_token(body=payload).split(".")
    raw = base64.urlsafe_b64decode(parts[1] + "==")
    spelled = base64.b64encode(raw).decode().rstrip("=")
    assert ("+" in spelled) or ("/" in spelled)
    signed = f"{parts[0]}.{spelled}"
    token = f"{signed}.{text(sign_es256(signed.encode()))}"
    assert JUDGE.reason(token) == "token_not_base64url"


@pytest.mark.parametrize("count", [1, 2, 4, 5, 6, 100])
def test_a_token_has_three_parts(count: int) -> None:
    assert JUDGE.reason(".".join(["e30"] * count)) == "token_not_compact"


def test_a_token_is_at_most_8_kb() -> None:
    fitting = es256_token(body=claims(pad="x" * 5700))
    assert 7500 < len(fitting) <= 8192
    assert JUDGE.reason(fitting) is None
    assert JUDGE.reason(es256_token(body=claims(pad="x" * 7000))) == "credential_too_long"


@pytest.mark.parametrize("joint", [",", ", ", " ", "\t", "\n", ",Bearer ", "\u2028", "\xa0"])
def test_one_credential_comes_alone(joint: str) -> None:
    assert JUDGE.reason(f"{es256_token()}{joint}{es256_token()}") == "credential_malformed"


def test_two_keys_of_one_name_verify_nothing() -> None:
    twice: Json = {"keys": [p256_jwk(p256_key(), kid="k"), p256_jwk(p256_key(7), kid="k")]}
    judge = Judge(settings(jwt_kind(jwks=twice)))
    for number in (0, 7):
        token = es256_token(header(kid="k"), key=p256_key(number))
        assert judge.reason(token) == "key_ambiguous"


@pytest.mark.parametrize(
    "jwk",
    [
        {"kty": "oct", "kid": "p256", "k": "AA", "alg": "ES256"},
        p256_jwk(p256_key(7), kid="p256", use="enc"),
        p256_jwk(p256_key(7), kid="p256", key_ops=["encrypt"]),
        p256_jwk(p256_key(7), kid="p256", alg="HS256"),
        p256_jwk(p256_key(7), kid="p256", d="AQ"),
        {**p256_jwk(p256_key(7), kid="p256"), "crv": "secp256k1"},
    ],
)
def test_a_key_that_is_not_for_signatures_verifies_none(jwk: Json) -> None:
    mixed = Judge(settings(jwt_kind(jwks={"keys": [jwk, *jwks()["keys"]]})))  # type: ignore[misc]
    assert mixed.reason(es256_token(key=p256_key(7))) == "signature_wrong"
    assert mixed.reason(es256_token()) is None


COGNITO = jwt_kind(audience_claim="client_id", audience=["app"], claims={"token_use": ["access"]})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"client_id": "app", "token_use": "access", "aud": None}, None),
        ({"client_id": "app", "token_use": "id"}, "claim_wrong"),
        ({"client_id": "app"}, "claim_missing"),
        ({"aud": "app", "token_use": "id"}, "audience_missing"),
        ({"aud": "app", "token_use": "access"}, "audience_missing"),
        ({"client_id": "other", "token_use": "access"}, "audience_wrong"),
    ],
)
def test_an_id_token_is_no_access_token(changes: Json, reason: str | None) -> None:
    judge = Judge(settings(COGNITO))
    assert judge.reason(es256_token(body=claims(**changes))) == reason


@given(st.binary(max_size=200), st.binary(max_size=200), st.binary(max_size=80))
def test_any_bytes_in_the_parts_are_refused(head: bytes, body: bytes, signature: bytes) -> None:
    reason = JUDGE.reason(f"{text(head)}.{text(body)}.{text(signature)}")
    assert reason not in {None, "unexpected"}


@given(st.binary(max_size=100), st.binary(max_size=100))
def test_any_signed_bytes_are_refused_without_an_exception(head: bytes, body: bytes) -> None:
    assert JUDGE.reason(es256_token(head, body)) not in {None, "unexpected"}
