"""Whole tokens against the decision: what is accepted, and the published attacks that are not."""

import hashlib
import hmac
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256

from token_validator import claims as claim_checks
from token_validator import credential, decision, identity, jws, key_choice, keys
from token_validator.decision import Caller, IssuerRules, Rules, decide
from token_validator.key_choice import FixedKeys
from token_validator.keys import load_keys
from token_validator.refusal import Refusal
from token_validator.static_tokens import FixedDigests, StaticRules, StaticTokenUnknown
from validator_tokens import (
    AUDIENCE,
    ISSUER,
    NOW,
    Json,
    bearer,
    claims,
    es256_token,
    event,
    header,
    jwks,
    p256_jwk,
    p256_key,
    rs256_token,
    rsa_jwk,
    rsa_key,
    signing_input,
    text,
)

OTHER_ISSUER = "https://other.example"
STATIC_TOKEN = "static-token-of-the-team"
STATIC = (StaticRules(FixedDigests((hashlib.sha256(STATIC_TOKEN.encode()).digest(),)), ()),)


def issuer_rules(algorithms: tuple[str, ...] = ("RS256", "ES256"), **jwks_of: Json) -> IssuerRules:
    own_keys = FixedKeys(load_keys(jwks_of.get("keys", jwks())))
    return IssuerRules(frozenset({AUDIENCE}), frozenset(algorithms), own_keys)


OTHER_JWKS: Json = {"keys": [p256_jwk(p256_key(1), kid="p256")]}
RULES = Rules(
    "authorization",
    STATIC,
    {ISSUER: issuer_rules(), OTHER_ISSUER: issuer_rules(keys=OTHER_JWKS)},
)


def judge(token: str, rules: Rules = RULES) -> Caller:
    return decide(bearer(token), rules, NOW)


def test_a_right_token_of_either_algorithm_is_accepted() -> None:
    assert judge(es256_token()) == Caller("alice", "", "jwt")
    assert judge(rs256_token()) == Caller("alice", "", "jwt")


def test_subject_and_scopes_are_passed_on() -> None:
    token = es256_token(body=claims(sub="bob", scope="read write"))
    assert judge(token) == Caller("bob", "read write", "jwt")


def test_a_static_token_is_accepted() -> None:
    assert judge(STATIC_TOKEN) == Caller("static", "", "static")


def test_the_token_is_looked_for_in_the_configured_header_only() -> None:
    rules = RULES._replace(header="x-mock-token")
    assert decide(event(es256_token(), "x-mock-token"), rules, NOW).subject == "alice"
    with pytest.raises(credential.CredentialMissing):
        decide(bearer(es256_token()), rules, NOW)


def test_without_issuers_only_static_tokens_exist() -> None:
    with pytest.raises(StaticTokenUnknown):
        judge(es256_token(), RULES._replace(issuers={}))


def test_each_issuer_has_its_own_keys() -> None:
    body = claims(iss=OTHER_ISSUER)
    assert judge(es256_token(body=body, key=p256_key(1))).kind == "jwt"
    with pytest.raises(keys.SignatureWrong):
        judge(es256_token(body=body))
    with pytest.raises(keys.SignatureWrong):
        judge(es256_token(key=p256_key(1)))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"iss": None}, claim_checks.IssuerMissing),
        ({"iss": ISSUER + "/"}, decision.IssuerUnknown),
        ({"iss": "https://elsewhere.example"}, decision.IssuerUnknown),
        ({"aud": None}, claim_checks.AudienceMissing),
        ({"aud": 7}, claim_checks.AudienceMalformed),
        ({"aud": "orders"}, claim_checks.AudienceWrong),
        ({"exp": None}, claim_checks.ExpiryMissing),
        ({"exp": "never"}, claim_checks.TimeMalformed),
        ({"exp": NOW}, claim_checks.TokenExpired),
        ({"nbf": NOW + 3600}, claim_checks.TokenNotYetValid),
        ({"iat": NOW + 3600}, claim_checks.TokenIssuedInFuture),
        ({"sub": 7}, identity.SubjectMalformed),
        ({"scope": 7}, identity.ScopesMalformed),
    ],
)
def test_every_failed_claim_has_its_refusal(changes: Json, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        judge(es256_token(body=claims(**changes)))


@pytest.mark.parametrize(
    "algorithm", ["none", "None", "NONE", "nOnE", "", "HS256", "ES512", "rs256"]
)
def test_other_algorithms_are_refused_whatever_the_signature(algorithm: str) -> None:
    with pytest.raises(decision.AlgorithmNotAllowed):
        judge(es256_token(header(algorithm)))


@pytest.mark.parametrize("algorithm", ["none", "NONE", "ES256"])
def test_a_token_without_a_signature_is_refused(algorithm: str) -> None:
    with pytest.raises(jws.TokenNotCompact):
        judge(signing_input(header(algorithm), claims()).decode() + ".")


def test_the_settings_choose_among_the_algorithms() -> None:
    rules = RULES._replace(issuers={ISSUER: issuer_rules(("ES256",))})
    assert judge(es256_token(), rules).kind == "jwt"
    with pytest.raises(decision.AlgorithmNotAllowed):
        judge(rs256_token(), rules)


def test_a_public_key_is_no_shared_secret() -> None:
    public_key = json.dumps(rsa_jwk(rsa_key())).encode()
    signed = signing_input(header("HS256", kid="rsa"), claims())
    signature = hmac.digest(public_key, signed, "sha256")
    with pytest.raises(decision.AlgorithmNotAllowed):
        judge(f"{signed.decode()}.{text(signature)}")


def test_an_algorithm_of_another_key_type_does_not_fit() -> None:
    with pytest.raises(key_choice.KeyUnknown):
        judge(es256_token(header("RS256", kid="p256")))


@pytest.mark.parametrize(
    "members",
    [
        {"jwk": p256_jwk(p256_key(7))},
        {"jku": "https://attacker.example/jwks.json"},
        {"x5u": "https://attacker.example/chain.pem"},
        {"x5c": ["MIIB"]},
    ],
)
def test_keys_that_a_token_brings_along_are_ignored(members: Json) -> None:
    assert judge(es256_token(header() | members)).subject == "alice"
    with pytest.raises(keys.SignatureWrong):
        judge(es256_token(header() | members, key=p256_key(7)))


@pytest.mark.parametrize("key_id", ["../../dev/null", "' OR 1=1 --", "p256\x00", "P256"])
def test_a_key_id_is_nothing_but_a_name(key_id: str) -> None:
    with pytest.raises(key_choice.KeyUnknown):
        judge(es256_token(header(kid=key_id)))


@pytest.mark.parametrize("members", [{"crit": ["b64"], "b64": False}, {"crit": []}])
def test_critical_extensions_are_refused(members: Json) -> None:
    with pytest.raises(jws.HeaderCritical):
        judge(es256_token(header() | members))


@pytest.mark.parametrize(
    "payload",
    [
        b'{"iss": "https://issuer.example", "iss": "https://other.example"}',
        b'"' + es256_token().encode() + b'"',
        es256_token().encode(),
        b"[" * 5000,
    ],
)
def test_ambiguous_and_nested_payloads_are_refused(payload: bytes) -> None:
    with pytest.raises(jws.PayloadMalformed):
        judge(es256_token(body=payload))


def test_an_encrypted_token_is_refused() -> None:
    with pytest.raises(jws.TokenNotCompact):
        judge(".".join(["e30"] * 5))


def test_a_token_in_json_form_is_refused() -> None:
    protected, payload, signature = es256_token().split(".")
    flattened = {"payload": payload, "protected": protected, "signature": signature}
    with pytest.raises(credential.CredentialMalformed):
        judge(json.dumps(flattened, separators=(",", ":")))


def test_the_signature_is_not_read_in_der() -> None:
    signed = signing_input(header(), claims())
    der = p256_key().sign(signed, ECDSA(SHA256()))
    with pytest.raises(keys.SignatureWrong):
        judge(f"{signed.decode()}.{text(der)}")


def test_a_refusal_tells_the_log_what_the_token_says_of_itself() -> None:
    with pytest.raises(claim_checks.TokenExpired) as refusal:
        judge(es256_token(body=claims(exp=1)))
    assert refusal.value.about == {
        "algorithm": "ES256",
        "key_id": "p256",
        "issuer": ISSUER,
        "subject": "alice",
    }
