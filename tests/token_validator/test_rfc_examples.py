"""The signed examples of RFC 7515, 7519, 7520 and 8037 that are made with algorithms we take.

Those that are not (HMAC, "none", encrypted) must be refused, each for the right reason.
"""

import pytest

from token_validator import credential, decision, jws
from token_validator.claims import TokenExpired
from token_validator.decision import IssuerRules, Rules, decide
from token_validator.jws import parse_payload, parse_token
from token_validator.key_choice import FixedKeys
from token_validator.keys import SignatureWrong, UnusableKeyError, VerificationKey, load_key
from token_validator.kinds import ALGORITHMS
from token_validator.refusal import Refusal
from validator_tokens import NOW, Json, bearer

CLAIMS = (
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
)
RFC7515_A2 = (
    f"eyJhbGciOiJSUzI1NiJ9.{CLAIMS}."
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7"
    "AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4"
    "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K"
    "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv"
    "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB"
    "p0igcN_IoypGlUPQGe77Rw"
)
RFC7515_A2_KEY: Json = {
    "kty": "RSA",
    "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp"
    "-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOW"
    "vG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUs"
    "LA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9k"
    "G4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2"
    "PAcDTW9gb54h4FRWyuXpoQ",
    "e": "AQAB",
}
RFC7515_A3 = (
    f"eyJhbGciOiJFUzI1NiJ9.{CLAIMS}."
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSA"
    "pmWQxfKTUJqPP3-Kg6NU1Q"
)
RFC7515_A3_KEY: Json = {
    "kty": "EC",
    "crv": "P-256",
    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
}
RFC7515_A4 = (
    "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA."
    "AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZq"
    "wqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8Kp"
    "EHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn"
)
RFC7515_A4_KEY: Json = {
    "kty": "EC",
    "crv": "P-521",
    "x": "AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk",
    "y": "ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2",
}
HOBBIT = (
    "SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAg"
    "b250byB0aGUgcm9hZCwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dp"
    "bmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4"
)
RFC7520_RSA_KEY: Json = {
    "kty": "RSA",
    "kid": "bilbo.baggins@hobbiton.example",
    "use": "sig",
    "n": "n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRoj"
    "dNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRBSFKrKb2wqVwGU_NsYOYL-QtiWN2l"
    "bzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6c"
    "S6M1FZcD1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3"
    "-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_qixoR7jig3__kRhuaxwU"
    "kRz5iaiQkqgc5gHdrNP5zw",
    "e": "AQAB",
}
RFC7520_EC_KEY: Json = {
    "kty": "EC",
    "kid": "bilbo.baggins@hobbiton.example",
    "use": "sig",
    "crv": "P-521",
    "x": "AHKZLLOsCOzz5cY97ewNUajB957y-C-U88c3v13nmGZx6sYl_oJXu9A5RkTKqjqvjyekWF-7ytDyRXYgCF5cj0Kt",
    "y": "AdymlHvOiLxXkEhayXQnNCvDX4h9htZaCJN34kfmC6pV5OhQHiraVySsUdaQkAgDPrwQrJmbnX9cwlGfP-HqHZR1",
}
RFC7520_4_1 = (
    f"eyJhbGciOiJSUzI1NiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9.{HOBBIT}."
    "MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZo"
    "pdHM1O2U4mwzJdQx996ivp83xuglII7PNDi84wnB-BDkoBwA78185hX-Es4JIwmD"
    "LJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6x8wW1Kt9e"
    "Ro4QPocSadnHXFxnt8Is9UzpERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2"
    "aXic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJushZ41Axf_fcIe8u9ipH8"
    "4ogoree7vjbU5y18kDquDg"
)
RFC7520_4_2 = (
    f"eyJhbGciOiJQUzM4NCIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9.{HOBBIT}."
    "cu22eBqkYDKgIlTpzDXGvaFfz6WGoz7fUDcfT0kkOy42miAh2qyBzk1xEsnk2IpN"
    "6-tPid6VrklHkqsGqDqHCdP6O8TTB5dDDItllVo6_1OLPpcbUrhiUSMxbbXUvdvW"
    "Xzg-UD8biiReQFlfz28zGWVsdiNAUf8ZnyPEgVFn442ZdNqiVJRmBqrYRXe8P_ij"
    "Q7p8Vdz0TTrxUeT3lm8d9shnr2lfJT8ImUjvAA2Xez2Mlp8cBE5awDzT0qI0n6ui"
    "P1aCN_2_jLAeQTlqRHtfa64QQSUmFAAjVKPbByi7xho0uTOcbH510a6GYmJUAfmW"
    "jwZ6oD4ifKo8DYM-X72Eaw"
)
RFC7520_4_3 = (
    f"eyJhbGciOiJFUzUxMiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9.{HOBBIT}."
    "AE_R_YZCChjn4791jSQCrdPZCNYqHXCTZH0-JZGYNlaAjP2kqaluUIIUnC9qvbu9"
    "Plon7KRTzoNEuT4Va2cmL1eJAQy3mtPBu_u_sDDyYjnAMDxXPn7XrT0lw-kvAD89"
    "0jl8e2puQens_IEKBpHABlsbEPX6sFY8OcGDqoRuBomu9xQ2"
)
RFC8037_A4 = (
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
)
RFC8037_KEY: Json = {
    "kty": "OKP",
    "crv": "Ed25519",
    "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
}
EXAMPLES = [
    pytest.param("RS256", RFC7515_A2, RFC7515_A2_KEY, id="RFC 7515 A.2"),
    pytest.param("ES256", RFC7515_A3, RFC7515_A3_KEY, id="RFC 7515 A.3"),
    pytest.param("ES512", RFC7515_A4, RFC7515_A4_KEY, id="RFC 7515 A.4"),
    pytest.param("RS256", RFC7520_4_1, RFC7520_RSA_KEY, id="RFC 7520 4.1"),
    pytest.param("PS384", RFC7520_4_2, RFC7520_RSA_KEY, id="RFC 7520 4.2"),
    pytest.param("ES512", RFC7520_4_3, RFC7520_EC_KEY, id="RFC 7520 4.3"),
    pytest.param("EdDSA", RFC8037_A4, RFC8037_KEY, id="RFC 8037 A.4 and A.5"),
]


@pytest.mark.parametrize(("algorithm", "token", "jwk"), EXAMPLES)
def test_the_example_verifies_with_its_key(algorithm: str, token: str, jwk: Json) -> None:
    parsed = parse_token(token)
    assert (parsed.algorithm, parsed.key_id) == (algorithm, jwk.get("kid"))
    load_key(jwk).verify(algorithm, parsed.signing_input, parsed.signature)


@pytest.mark.parametrize(("algorithm", "token", "jwk"), EXAMPLES)
def test_the_example_with_another_payload_does_not(algorithm: str, token: str, jwk: Json) -> None:
    header, _, signature = token.split(".")
    parsed = parse_token(f"{header}.e30.{signature}")
    with pytest.raises(SignatureWrong):
        load_key(jwk).verify(algorithm, parsed.signing_input, parsed.signature)


def test_the_claims_of_rfc_7515_are_read() -> None:
    assert parse_payload(parse_token(RFC7515_A2).payload) == {
        "iss": "joe",
        "exp": 1300819380,
        "http://example.com/is_root": True,
    }


def rules(*jwks: Json) -> Rules:
    keys: list[VerificationKey] = [load_key(jwk) for jwk in jwks]
    joe = IssuerRules(frozenset({"any"}), frozenset(ALGORITHMS), FixedKeys(keys))
    return Rules("authorization", (), {"joe": joe})


RFC7515_A1 = (
    f"eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.{CLAIMS}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
)
RFC7520_4_4 = (
    "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9"
    f".{HOBBIT}.s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0"
)
REFUSED = [
    pytest.param(RFC7515_A1, decision.AlgorithmNotAllowed, id="RFC 7515 A.1: HS256"),
    pytest.param(RFC7515_A2, TokenExpired, id="RFC 7515 A.2: of 2011"),
    pytest.param(RFC7515_A3, TokenExpired, id="RFC 7515 A.3: of 2011"),
    pytest.param(RFC7515_A4, jws.PayloadMalformed, id="RFC 7515 A.4: no claims"),
    pytest.param(f"eyJhbGciOiJub25lIn0.{CLAIMS}.", jws.TokenNotCompact, id="RFC 7515 A.5: none"),
    pytest.param(RFC7520_4_1, jws.PayloadMalformed, id="RFC 7520 4.1: no claims"),
    pytest.param(RFC7520_4_4, jws.PayloadMalformed, id="RFC 7520 4.4: HS256, no claims"),
    pytest.param(RFC8037_A4, jws.PayloadMalformed, id="RFC 8037 A.4: no claims"),
    pytest.param(
        "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.e30.e30.e30.e30",
        jws.TokenNotCompact,
        id="RFC 7516: encrypted",
    ),
    pytest.param(
        f'{{"payload":"{CLAIMS}","signatures":[]}}',
        credential.CredentialMalformed,
        id="RFC 7515 A.6",
    ),
]


RULES = rules(RFC7515_A2_KEY, RFC7515_A3_KEY, RFC7515_A4_KEY, RFC8037_KEY)


@pytest.mark.parametrize(("token", "refusal"), REFUSED)
def test_what_is_no_valid_jwt_of_ours_is_refused(token: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        decide(bearer(token), RULES, NOW)


def test_rfc_7515_a_2_and_a_3_were_valid_in_their_time() -> None:
    for token in (RFC7515_A2, RFC7515_A3):
        with pytest.raises(Refusal) as refusal:
            decide(bearer(token), RULES, 1300819379)
        assert refusal.value.reason == "audience_missing"


def test_the_shared_secret_of_rfc_7520_is_no_key() -> None:
    with pytest.raises(UnusableKeyError):
        load_key({"kty": "oct", "use": "sig", "alg": "HS256", "k": "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8"})
