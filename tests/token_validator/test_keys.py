import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from token_validator.keys import MAX_KEYS, SignatureWrong, UnusableKeyError, load_key, load_keys
from validator_tokens import (
    Json,
    integer,
    p256_jwk,
    p256_key,
    rsa_jwk,
    rsa_key,
    sign_es256,
    sign_rs256,
)

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
MESSAGE = b"header.payload"
SIGNATURE = sign_es256(MESSAGE)


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"use": "sig"},
        {"key_ops": ["verify"]},
        {"key_ops": ["sign", "verify"]},
        {"kid": "k", "x5t": "ignored", "ext": True},
    ],
)
def test_the_key_type_decides_the_algorithm(members: Json) -> None:
    assert load_key(rsa_jwk(rsa_key(), **members)).algorithm == "RS256"
    assert load_key(p256_jwk(p256_key(), **members)).algorithm == "ES256"


def test_the_algorithm_may_be_named_if_it_is_that() -> None:
    assert load_key(rsa_jwk(rsa_key(), alg="RS256")).algorithm == "RS256"
    assert load_key(p256_jwk(p256_key(), alg="ES256")).algorithm == "ES256"


@pytest.mark.parametrize(
    ("jwk", "reason"),
    [
        (None, "not an object"),
        ({}, "neither RSA nor EC"),
        ({"kty": "oct", "k": "c2VjcmV0", "alg": "HS256"}, "neither RSA nor EC"),
        ({"kty": "OKP", "crv": "Ed25519", "x": "AA"}, "neither RSA nor EC"),
        (p256_jwk(p256_key(), crv="P-384"), "neither RSA nor EC"),
        (p256_jwk(p256_key(), crv="secp256k1"), "neither RSA nor EC"),
        (rsa_jwk(rsa_key(), alg="PS256"), "alg is not RS256"),
        (rsa_jwk(rsa_key(), alg="HS256"), "alg is not RS256"),
        (p256_jwk(p256_key(), alg="RS256"), "alg is not ES256"),
        (p256_jwk(p256_key(), alg=None), "alg is not ES256"),
        (rsa_jwk(rsa_key(), use="enc"), "use is not sig"),
        (rsa_jwk(rsa_key(), use=None), "use is not sig"),
        (rsa_jwk(rsa_key(), key_ops=["sign"]), "key_ops"),
        (rsa_jwk(rsa_key(), key_ops=[]), "key_ops"),
        (rsa_jwk(rsa_key(), key_ops="verify"), "key_ops"),
        (rsa_jwk(rsa_key(), kid=7), "kid"),
        (rsa_jwk(rsa_key(1024)), "1024 bits"),
        (rsa_jwk(rsa_key(), n=integer((1 << 8192) + 1)), "8193 bits"),
        (rsa_jwk(rsa_key(), n=None), "0 bits"),
        (rsa_jwk(rsa_key(), n="a+b="), "n is not base64url"),
        (rsa_jwk(rsa_key(), n="\u00e4"), "n is not base64url"),
        (rsa_jwk(rsa_key(), e=None), "not a valid public key"),
        (rsa_jwk(rsa_key(), e=integer(1)), "not a valid public key"),
        (rsa_jwk(rsa_key(), e=integer(65536)), "not a valid public key"),
        (p256_jwk(p256_key(), y=None), "32 bytes"),
        (p256_jwk(p256_key(), x=integer(5)), "32 bytes"),
        (p256_jwk(p256_key(), x=integer(5, 33)), "32 bytes"),
        (p256_jwk(p256_key(), x=integer(5, 32)), "not a valid public key"),  # off the curve
        (p256_jwk(p256_key(), x=integer(0, 32), y=integer(0, 32)), "not a valid public key"),
    ],
)
def test_a_key_that_must_not_verify_tokens_is_refused(jwk: object, reason: str) -> None:
    with pytest.raises(UnusableKeyError, match=reason):
        load_key(jwk)


def test_a_jwks_gives_its_usable_keys() -> None:
    encryption = rsa_jwk(rsa_key(), use="enc", kid="other purpose")
    keys = load_keys({"keys": [encryption, p256_jwk(p256_key(), kid="ours")]})
    assert [key.key_id for key in keys] == ["ours"]


@pytest.mark.parametrize(
    ("jwks", "reason"),
    [
        ({}, "not a list"),
        ({"keys": {}}, "not a list"),
        ({"keys": []}, "empty"),
        ({"keys": [None, {"kty": "oct"}]}, r"keys\[0\]: not an object; keys\[1\]: neither"),
        ({"keys": [p256_jwk(p256_key())] * (MAX_KEYS + 1)}, "at most"),
    ],
)
def test_a_jwks_without_a_usable_key_says_why(jwks: Json, reason: str) -> None:
    with pytest.raises(UnusableKeyError, match=reason):
        load_keys(jwks)


def test_right_signatures_verify() -> None:
    load_key(rsa_jwk(rsa_key())).verify(MESSAGE, sign_rs256(MESSAGE))
    load_key(p256_jwk(p256_key())).verify(MESSAGE, sign_es256(MESSAGE))


def test_signatures_over_other_bytes_or_by_other_keys_do_not() -> None:
    rsa_verifier, p256_verifier = load_key(rsa_jwk(rsa_key())), load_key(p256_jwk(p256_key()))
    other_rsa, other_p256 = rsa_key(number=1), p256_key(1)
    for verifier, signature in (
        (rsa_verifier, sign_rs256(b"other")),
        (rsa_verifier, sign_rs256(MESSAGE, other_rsa)),
        (rsa_verifier, sign_es256(MESSAGE)),
        (p256_verifier, sign_es256(b"other")),
        (p256_verifier, sign_es256(MESSAGE, other_p256)),
        (p256_verifier, sign_rs256(MESSAGE)),
    ):
        with pytest.raises(SignatureWrong):
            verifier.verify(MESSAGE, signature)


def pair(r: int, s: int) -> bytes:
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\0" * 64, id="r and s are 0"),
        pytest.param(pair(0, 1), id="r is 0"),
        pytest.param(pair(1, 0), id="s is 0"),
        pytest.param(pair(P256_ORDER, P256_ORDER), id="r and s are the order"),
        pytest.param(pair(P256_ORDER, 1), id="r is the order"),
        pytest.param(b"\xff" * 64, id="r and s are too large"),
        pytest.param(SIGNATURE[:-1], id="cut"),
        pytest.param(SIGNATURE + b"\0", id="continued"),
        pytest.param(b"\0" + SIGNATURE, id="padded"),
        pytest.param(SIGNATURE[:32] + b"\0" + SIGNATURE[32:], id="s is right, but padded"),
        pytest.param(p256_key().sign(MESSAGE, ec.ECDSA(SHA256())), id="DER"),
    ],
)
def test_ecdsa_signatures_out_of_range_or_form_are_wrong(signature: bytes) -> None:
    with pytest.raises(SignatureWrong):
        load_key(p256_jwk(p256_key())).verify(MESSAGE, signature)
