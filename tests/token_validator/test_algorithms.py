"""Every algorithm with keys of every type: what belongs together verifies, nothing else does."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm

from token_validator.algorithms import VERIFIERS
from token_validator.keys import SignatureWrong, VerificationKey, load_key
from token_validator.kinds import ALGORITHMS
from validator_tokens import (
    Json,
    ed25519_key,
    ed25519_public_jwk,
    integer,
    p256_key,
    rsa_jwk,
    rsa_key,
)

MESSAGE = b"header.payload"
Sign = Callable[[bytes], bytes]

P384 = ec.generate_private_key(ec.SECP384R1())
P521 = ec.generate_private_key(ec.SECP521R1())


def curve_jwk(key: ec.EllipticCurvePrivateKey, name: str, number_bytes: int) -> Json:
    numbers = key.public_key().public_numbers()
    x, y = integer(numbers.x, number_bytes), integer(numbers.y, number_bytes)
    return {"kty": "EC", "crv": name, "x": x, "y": y}


def pkcs1(hashing: HashAlgorithm) -> Sign:
    return lambda message: rsa_key().sign(message, PKCS1v15(), hashing)


def pss(hashing: HashAlgorithm, salt_bytes: int | None = None) -> Sign:
    length = hashing.digest_size if salt_bytes is None else salt_bytes
    return lambda message: rsa_key().sign(message, PSS(MGF1(hashing), length), hashing)


def ecdsa(key: ec.EllipticCurvePrivateKey, hashing: HashAlgorithm, number_bytes: int) -> Sign:
    def sign(message: bytes) -> bytes:
        r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashing)))
        return r.to_bytes(number_bytes, "big") + s.to_bytes(number_bytes, "big")

    return sign


RSA = load_key(rsa_jwk(rsa_key()))
EC256 = load_key(curve_jwk(p256_key(), "P-256", 32))
EC384 = load_key(curve_jwk(P384, "P-384", 48))
EC521 = load_key(curve_jwk(P521, "P-521", 66))
ED25519 = load_key(ed25519_public_jwk(ed25519_key()))
KEYS = (RSA, EC256, EC384, EC521, ED25519)
SIGNERS: dict[str, tuple[VerificationKey, Sign]] = {
    "RS256": (RSA, pkcs1(SHA256())),
    "RS384": (RSA, pkcs1(SHA384())),
    "RS512": (RSA, pkcs1(SHA512())),
    "PS256": (RSA, pss(SHA256())),
    "PS384": (RSA, pss(SHA384())),
    "PS512": (RSA, pss(SHA512())),
    "ES256": (EC256, ecdsa(p256_key(), SHA256(), 32)),
    "ES384": (EC384, ecdsa(P384, SHA384(), 48)),
    "ES512": (EC521, ecdsa(P521, SHA512(), 66)),
    "EdDSA": (ED25519, ed25519_key().sign),
    "Ed25519": (ED25519, ed25519_key().sign),
}


def test_the_settings_admit_what_can_be_verified_and_all_of_it_is_tested() -> None:
    assert set(ALGORITHMS) == set(VERIFIERS) == set(SIGNERS)


def test_each_key_verifies_the_algorithms_of_its_type() -> None:
    for algorithm, (key, _) in SIGNERS.items():
        assert [other for other in KEYS if algorithm in other.algorithms] == [key]


@pytest.mark.parametrize("algorithm", SIGNERS)
def test_a_right_signature_verifies_and_over_other_bytes_does_not(algorithm: str) -> None:
    key, sign = SIGNERS[algorithm]
    key.verify(algorithm, MESSAGE, sign(MESSAGE))
    for message, signature in ((b"other", sign(MESSAGE)), (MESSAGE, b""), (MESSAGE, b"\0" * 64)):
        with pytest.raises(SignatureWrong):
            key.verify(algorithm, message, signature)


@pytest.mark.parametrize("algorithm", SIGNERS)
def test_no_algorithm_verifies_another_ones_signature(algorithm: str) -> None:
    same = {"EdDSA": "Ed25519", "Ed25519": "EdDSA"}.get(algorithm)
    signature = SIGNERS[algorithm][1](MESSAGE)
    for other in set(SIGNERS) - {algorithm, same}:
        for key in KEYS:
            with pytest.raises(SignatureWrong):
                key.verify(other, MESSAGE, signature)


@pytest.mark.parametrize("salt_bytes", [0, 20, 31, 33, 64])
def test_a_salt_is_as_long_as_the_digest(salt_bytes: int) -> None:
    with pytest.raises(SignatureWrong):
        RSA.verify("PS256", MESSAGE, pss(SHA256(), salt_bytes)(MESSAGE))


@pytest.mark.parametrize("algorithm", ["none", "HS256", "rs256", "", "ES256K", "Ed448"])
def test_no_key_verifies_an_unknown_algorithm(algorithm: str) -> None:
    for key in KEYS:
        with pytest.raises(SignatureWrong):
            key.verify(algorithm, MESSAGE, b"")


@pytest.mark.parametrize(
    ("algorithm", "curve", "order"),
    [
        ("ES256", 32, 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551),
        (
            "ES384",
            48,
            0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
        ),
    ],
)
def test_signatures_of_zero_and_past_the_order_are_wrong(
    algorithm: str, curve: int, order: int
) -> None:
    """CVE-2022-21449: zeros passed for every key."""
    key, sign = SIGNERS[algorithm]
    signature = sign(MESSAGE)
    r, s = (int.from_bytes(half, "big") for half in (signature[:curve], signature[curve:]))
    bad = [(0, 0), (0, s), (r, 0), (order, s), (r, order), (order, order), (1, 0), (0, 1)]
    limit = 1 << (8 * curve)
    bad += [(r + order, s)] if r + order < limit else []
    bad += [(r, s + order)] if s + order < limit else []
    for first, second in bad:
        forged = first.to_bytes(curve, "big") + second.to_bytes(curve, "big")
        with pytest.raises(SignatureWrong):
            key.verify(algorithm, MESSAGE, forged)
    for other in (signature[curve:] + signature[:curve], signature + b"\0", b"\0" + signature):
        with pytest.raises(SignatureWrong):
            key.verify(algorithm, MESSAGE, other)


def test_the_other_s_of_an_ecdsa_signature_verifies_too() -> None:
    """RFC 7518 admits both, and issuers send either; who has one has the token already."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    signature = SIGNERS["ES256"][1](MESSAGE)
    other = order - int.from_bytes(signature[32:], "big")
    EC256.verify("ES256", MESSAGE, signature[:32] + other.to_bytes(32, "big"))


def test_an_ed25519_signature_has_one_form() -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    signature = ed25519_key().sign(MESSAGE)
    s = int.from_bytes(signature[32:], "little") + order
    with pytest.raises(SignatureWrong):
        ED25519.verify("EdDSA", MESSAGE, signature[:32] + s.to_bytes(32, "little"))
