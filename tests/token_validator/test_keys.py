import math

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from token_validator import weak_keys
from token_validator.keys import MAX_KEYS, SignatureWrong, UnusableKeyError, load_key, load_keys
from validator_tokens import (
    Json,
    ed25519_key,
    ed25519_public_jwk,
    integer,
    p256_jwk,
    p256_key,
    rsa_jwk,
    rsa_key,
    sign_es256,
    sign_rs256,
    text,
)

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
RSA_ALGORITHMS = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}
MESSAGE = b"header.payload"
ED25519_PRIME = 2**255 - 19
# Of small order (among them both signs of 0 and 1), or not the one spelling of a number.
BAD_ED25519 = (
    *(0, 1, ED25519_PRIME - 1, ED25519_PRIME, ED25519_PRIME + 1, 2**255 - 1),
    *(2**255, 2**255 + 1),
    int.from_bytes(
        bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
    ),
    int.from_bytes(
        bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"
    ),
)


def marked_modulus() -> int:
    """An odd number of 2048 bits that is a power of 65537 modulo each of the small primes."""
    product = math.prod(weak_keys._SMALL_PRIMES)
    number = (2**2048 // product - 2) * product + pow(65537, 12_345, product)
    return number if number % 2 else number + product


def ed25519_jwk(**members: object) -> Json:
    return ed25519_public_jwk(ed25519_key(), **members)


def little_endian(y: int) -> str:
    return text(y.to_bytes(32, "little"))


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
    assert load_key(rsa_jwk(rsa_key(), **members)).algorithms == RSA_ALGORITHMS
    assert load_key(p256_jwk(p256_key(), **members)).algorithms == {"ES256"}


def test_a_key_that_names_its_algorithm_verifies_no_other() -> None:
    assert load_key(rsa_jwk(rsa_key(), alg="RS256")).algorithms == {"RS256"}
    assert load_key(rsa_jwk(rsa_key(), alg="PS512")).algorithms == {"PS512"}
    assert load_key(p256_jwk(p256_key(), alg="ES256")).algorithms == {"ES256"}


@pytest.mark.parametrize(
    ("jwk", "reason"),
    [
        (None, "not an object"),
        ({}, "neither RSA, nor EC"),
        ({"kty": "oct", "k": "c2VjcmV0", "alg": "HS256"}, "neither RSA, nor EC"),
        ({"kty": ["EC"], "crv": "P-256"}, "neither RSA, nor EC"),
        ({"kty": "EC", "crv": {}}, "neither RSA, nor EC"),
        ({"kty": "OKP", "crv": "Ed448", "x": "AA"}, "neither RSA, nor EC"),
        ({"kty": "OKP", "crv": "X25519", "x": "AA"}, "neither RSA, nor EC"),
        ({"kty": "EC", "crv": "Ed25519", "x": "AA"}, "neither RSA, nor EC"),
        (ed25519_jwk(x="AA"), "x is not 32 bytes"),
        (ed25519_jwk(x=None), "x is not 32 bytes"),
        (ed25519_jwk(alg="ES256"), "alg is not Ed25519 or EdDSA"),
        *((ed25519_jwk(x=little_endian(y)), "not a valid public key") for y in BAD_ED25519),
        (p256_jwk(p256_key(), crv="P-384"), "48 bytes each"),
        (p256_jwk(p256_key(), crv="P-521"), "66 bytes each"),
        (p256_jwk(p256_key(), crv="secp256k1"), "neither RSA, nor EC"),
        (rsa_jwk(rsa_key(), alg="ES256"), "alg is not PS256 or"),
        (rsa_jwk(rsa_key(), alg="HS256"), "alg is not PS256 or"),
        (rsa_jwk(rsa_key(), alg="RSA-OAEP"), "alg is not PS256 or"),
        (rsa_jwk(rsa_key(), alg=["RS256"]), "alg is not PS256 or"),
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
        (rsa_jwk(rsa_key(), e=integer(2**256 + 1)), "not a valid public key"),
        (rsa_jwk(rsa_key(), n=integer(2**2047)), "not a valid public key"),
        (rsa_jwk(rsa_key(), n=integer(marked_modulus())), "CVE-2017-15361"),
        (rsa_jwk(rsa_key(1024), d="AQAB"), "its secret part is published"),
        (rsa_jwk(rsa_key(), d=integer(3)), "its secret part is published"),
        (rsa_jwk(rsa_key(), p=integer(3)), "its secret part is published"),
        (p256_jwk(p256_key(), d=integer(3)), "its secret part is published"),
        (ed25519_jwk(d=integer(3)), "its secret part is published"),
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


def test_a_key_that_stands_in_a_jwks_twice_is_one_key() -> None:
    twice = [p256_jwk(p256_key(), kid="a"), p256_jwk(p256_key(), kid="a", x5t="ignored")]
    assert len(load_keys({"keys": twice})) == 1
    others = [p256_jwk(p256_key(), kid="a"), p256_jwk(p256_key(1), kid="a")]
    assert len(load_keys({"keys": others})) == 2


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
    load_key(rsa_jwk(rsa_key())).verify("RS256", MESSAGE, sign_rs256(MESSAGE))
    load_key(p256_jwk(p256_key())).verify("ES256", MESSAGE, sign_es256(MESSAGE))


def test_signatures_over_other_bytes_or_by_other_keys_do_not() -> None:
    rsa_verifier, p256_verifier = load_key(rsa_jwk(rsa_key())), load_key(p256_jwk(p256_key()))
    other_rsa, other_p256 = rsa_key(number=1), p256_key(1)
    for verifier, algorithm, signature in (
        (rsa_verifier, "RS256", sign_rs256(b"other")),
        (rsa_verifier, "RS256", sign_rs256(MESSAGE, other_rsa)),
        (rsa_verifier, "RS256", sign_es256(MESSAGE)),
        (rsa_verifier, "PS256", sign_rs256(MESSAGE)),
        (rsa_verifier, "RS512", sign_rs256(MESSAGE)),
        (rsa_verifier, "ES256", sign_es256(MESSAGE)),
        (p256_verifier, "ES256", sign_es256(b"other")),
        (p256_verifier, "ES256", sign_es256(MESSAGE, other_p256)),
        (p256_verifier, "ES256", sign_rs256(MESSAGE)),
        (p256_verifier, "RS256", sign_es256(MESSAGE)),
    ):
        with pytest.raises(SignatureWrong):
            verifier.verify(algorithm, MESSAGE, signature)


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
        load_key(p256_jwk(p256_key())).verify("ES256", MESSAGE, signature)


def test_a_sound_modulus_bears_no_mark_of_weak_primes() -> None:
    assert weak_keys.is_factorable(marked_modulus())
    assert not weak_keys.is_factorable(marked_modulus() + 2)
    for number in range(3):
        modulus = rsa_key(number=number).public_key().public_numbers().n
        assert not weak_keys.is_factorable(modulus)
