import base64
import json
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from mockenv.errors import MockenvError
from mockenv.local.token_issuer import LOCAL_ISSUER, TokenIssuer, thumbprint
from token_validator.decision import Caller, IssuerRules, Rules, decide
from token_validator.key_choice import FixedKeys
from token_validator.keys import load_keys
from token_validator.refusal import Refusal
from validator_tokens import NOW, bearer


def issuer() -> TokenIssuer:
    return TokenIssuer.create(lambda: NOW)


def judge(own: TokenIssuer, token: str, now: float = NOW) -> Caller:
    keys = FixedKeys(load_keys({**own.jwks()}))
    rules = IssuerRules(frozenset({"payments"}), frozenset({"ES256"}), keys)
    return decide(bearer(token), Rules("authorization", (), {LOCAL_ISSUER: rules}), now)


def part(token: str, index: int) -> dict[str, object]:
    text = token.split(".")[index]
    value: dict[str, object] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return value


def test_a_minted_token_is_accepted_by_the_validator() -> None:
    own = issuer()
    token = own.mint("alice", "payments", ["read", "write"], 60)
    assert judge(own, token) == Caller("alice", "read write", "jwt")


def test_a_token_may_have_several_audiences_and_no_scopes() -> None:
    own = issuer()
    assert judge(own, own.mint("alice", ["orders", "payments"])) == Caller("alice", "", "jwt")


def test_a_minted_token_says_who_when_and_for_how_long() -> None:
    own = issuer()
    token = own.mint("alice", "payments", ["read"], 90)
    assert part(token, 0) == {"alg": "ES256", "typ": "JWT", "kid": own.key_id}
    claims = part(token, 1)
    assert claims.pop("jti")
    assert claims == {
        "iss": "https://local.mockenv",
        "sub": "alice",
        "aud": "payments",
        "scope": "read",
        "iat": NOW,
        "exp": NOW + 90,
    }


def test_a_token_lives_as_long_as_it_says() -> None:
    own = issuer()
    token = own.mint("alice", "payments", lifetime_seconds=90)
    assert judge(own, token, NOW + 89).kind == "jwt"
    with pytest.raises(Refusal, match="token_expired"):
        judge(own, token, NOW + 90)


def test_no_two_tokens_are_the_same() -> None:
    own = issuer()
    assert part(own.mint("alice", "payments"), 1) != part(own.mint("alice", "payments"), 1)


def test_another_issuers_token_is_refused() -> None:
    with pytest.raises(Refusal):
        judge(issuer(), issuer().mint("alice", "payments"))


def test_the_jwks_has_the_public_key_only() -> None:
    (jwk,) = issuer().jwks()["keys"]
    assert set(jwk) == {"kty", "crv", "x", "y", "use", "alg", "kid"}


def test_the_jwks_is_a_copy() -> None:
    own = issuer()
    own.jwks()["keys"][0]["kid"] = "changed"
    assert own.jwks()["keys"][0]["kid"] == own.key_id


def test_the_thumbprint_is_that_of_rfc_7638() -> None:
    # The example of RFC 7638 section 3.1.
    modulus = (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECP"
        "ebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY"
        "368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0f"
        "M4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
    )
    members = {"kty": "RSA", "n": modulus, "e": "AQAB"}
    assert thumbprint(members) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


@pytest.mark.parametrize(
    ("subject", "audience", "scopes", "lifetime_seconds"),
    [
        ("", "payments", [], 60),
        ("alice", "", [], 60),
        ("alice", [], [], 60),
        ("alice", "payments", "read", 60),
        ("alice", "payments", ["read write"], 60),
        ("alice", "payments", [""], 60),
        ("alice", "payments", [], 0),
        ("alice", "payments", [], -1),
    ],
)
def test_a_token_that_means_nothing_is_not_minted(
    subject: str, audience: str, scopes: list[str], lifetime_seconds: int
) -> None:
    with pytest.raises(ValueError, match=r"."):
        issuer().mint(subject, audience, scopes, lifetime_seconds)


def test_a_saved_issuer_goes_on_after_loading(tmp_path: Path) -> None:
    own, path = issuer(), tmp_path / "new folder" / "signing_key.pem"
    own.save(path)
    loaded = TokenIssuer.load(path, lambda: NOW)
    assert loaded.jwks() == own.jwks()
    assert judge(own, loaded.mint("alice", "payments")).subject == "alice"


def test_a_saved_key_is_for_its_owner_and_replaces_an_older_one(tmp_path: Path) -> None:
    path = tmp_path / "signing_key.pem"
    path.write_text("older")
    path.chmod(0o644)
    own = issuer()
    own.save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert TokenIssuer.load(path).key_id == own.key_id
    assert list(tmp_path.iterdir()) == [path]


def write_guarded(path: Path, content: bytes) -> Path:
    path.touch(0o600)
    path.write_bytes(content)
    return path


def test_a_missing_key_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MockenvError, match="can't be read") as error:
        TokenIssuer.load(tmp_path / "signing_key.pem")
    assert "mockenv up" in error.value.next_step


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "signing_key.pem"
    issuer().save(path)
    path.chmod(0o640)
    with pytest.raises(MockenvError, match="other users"):
        TokenIssuer.load(path)


def rsa_pem() -> bytes:
    key = rsa.generate_private_key(65537, 2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def p384_pem() -> bytes:
    key = ec.generate_private_key(ec.SECP384R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def locked_pem() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no private key in PEM"),
        (b"text", "no private key in PEM"),
        (locked_pem(), "no private key in PEM"),
        (rsa_pem(), "not P-256"),
        (p384_pem(), "not P-256"),
    ],
)
def test_a_file_without_a_usable_key_is_said(tmp_path: Path, content: bytes, message: str) -> None:
    path = write_guarded(tmp_path / "signing_key.pem", content)
    with pytest.raises(MockenvError, match=message):
        TokenIssuer.load(path)
