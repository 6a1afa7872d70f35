import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from token_validator.settings import parse_settings
from token_validator.shape import SettingsError
from validator_tokens import AUDIENCE, ISSUER, Json, jwks, jwt_kind, settings

DIGEST = hashlib.sha256(b"token").hexdigest()
SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mockenv/tokens-AbCdEf"
STATIC: Json = {"kind": "static", "sha256": [DIGEST]}


def test_all_kinds_are_read() -> None:
    remote = jwt_kind(issuer="https://two.example", jwks=None, jwks_url="https://two.example/k")
    parsed = parse_settings(settings(STATIC, jwt_kind(), remote, header="x-mock-token"))
    assert parsed.header == "x-mock-token"
    assert [kind.digests for kind in parsed.static_kinds] == [(bytes.fromhex(DIGEST),)]
    own, other = parsed.jwt_kinds
    assert own.issuer == ISSUER
    assert own.audience == {AUDIENCE}
    assert own.algorithms == {"RS256", "ES256"}
    assert (own.jwks, own.jwks_url) == (jwks(), None)
    assert (other.jwks, other.jwks_url) == (None, "https://two.example/k")


def test_a_kind_may_demand_and_grant_more() -> None:
    kind = jwt_kind(
        audience_claim="client_id",
        claims={"token_use": ["access"]},
        scope_claims=["permissions"],
        scopes=["ci"],
        jwks=None,
        discover=True,
    )
    secret: Json = {"kind": "static", "secret": SECRET, "scopes": ["team"]}
    parsed = parse_settings(settings(kind, secret, scopes={"/core": ["read"]}))
    (own,), (static,) = parsed.jwt_kinds, parsed.static_kinds
    assert own.audience_claim == "client_id"
    assert own.claims == {"token_use": frozenset({"access"})}
    assert (own.scope_claims, own.scopes) == (("permissions",), ("ci",))
    assert (own.jwks, own.jwks_url) == (None, None)
    assert (static.digests, static.secret, static.scopes) == ((), SECRET, ("team",))
    assert parsed.scopes == {"/core": {"read"}}


@pytest.mark.parametrize(
    "address",
    [
        "https://issuer.example/jwks.json",
        "https://issuer.example:8443/a?b=c",
        "http://127.0.0.1:9000/jwks",
        "http://localhost/jwks",
        "http://[::1]:9000/jwks",
    ],
)
def test_keys_come_encrypted_or_from_this_machine(address: str) -> None:
    parsed = parse_settings(settings(jwt_kind(jwks=None, jwks_url=address)))
    assert parsed.jwt_kinds[0].jwks_url == address


@pytest.mark.parametrize(
    "address",
    [
        "http://issuer.example/jwks.json",
        "http://127.0.0.1.example/jwks",
        "http://localhost@issuer.example/jwks",
        "https://user:password@issuer.example/jwks",
        "https:///jwks",
        "https://issuer.example:port/jwks",
        "https://issuer.example:0/jwks",
        "https://issuer.example/j wks",
        "https://issuer.example/jwks\n",
        "https://issü.example/jwks",
        "https://[::1/jwks",
        "file:///etc/passwd",
        "ftp://127.0.0.1/jwks",
        "issuer.example/jwks",
        "",
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(SettingsError, match=r"kinds\[0\]\.jwks_url: "):
        parse_settings(settings(jwt_kind(jwks=None, jwks_url=address)))


@pytest.mark.parametrize("text", [None, ""])
def test_missing_settings_are_said(text: str | None) -> None:
    with pytest.raises(SettingsError, match="TOKEN_SETTINGS is not set"):
        parse_settings(text)


@pytest.mark.parametrize("text", ["{", "[]", "null", '{"header": 1, "header": 2}', "\udcff"])
def test_settings_are_one_clear_json_object(text: str) -> None:
    with pytest.raises(SettingsError, match="TOKEN_SETTINGS: not usable JSON"):
        parse_settings(text)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({}, "header, kinds missing"),
        ({"header": "authorization"}, "kinds missing"),
        ({"header": "cookie", "kinds": [STATIC]}, "header: not one of"),
        ({"header": "Authorization", "kinds": [STATIC]}, "header: not one of"),
        ({"header": ["authorization"], "kinds": [STATIC]}, "header: not one of"),
        ({"header": "authorization", "kinds": []}, "kinds: not a list with at least one entry"),
        ({"header": "authorization", "kinds": STATIC}, "kinds: not a list"),
        ({"header": "authorization", "kinds": [STATIC], "open": True}, "open not known"),
        ({"header": "authorization", "kinds": [STATIC], "scopes": []}, "scopes: not an object"),
        (
            {"header": "authorization", "kinds": [STATIC], "scopes": {"/": []}},
            "scopes./: not a list with",
        ),
    ],
)
def test_the_outer_shape_is_checked(members: Json, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        parse_settings(json.dumps(members))


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (None, "not an object"),
        ({}, "kind: not one of static, jwt"),
        ({"kind": "none"}, "kind: not one of static, jwt"),
        ({"kind": "static"}, "sha256 missing"),
        (STATIC | {"sha1": []}, "sha1 not known"),
        (STATIC | {"sha256": []}, "sha256: not a list with at least one entry"),
        (STATIC | {"sha256": DIGEST}, "sha256: not a list"),
        (STATIC | {"sha256": [DIGEST[:-2]]}, r"sha256\[0\]: not a SHA-256 digest"),
        (STATIC | {"sha256": [DIGEST, "token"]}, r"sha256\[1\]: not a SHA-256 digest"),
        (STATIC | {"sha256": [7]}, r"sha256\[0\]: not a text"),
        (jwt_kind(issuer=None), "issuer missing"),
        (jwt_kind(issuer=""), "issuer: not a text"),
        (jwt_kind(audience=None), "audience missing"),
        (jwt_kind(audience=[]), "audience: not a list with at least one entry"),
        (jwt_kind(audience=AUDIENCE), "audience: not a list"),
        (jwt_kind(audience=[""]), r"audience\[0\]: not a text"),
        (jwt_kind(algorithms=None), "algorithms missing"),
        (jwt_kind(algorithms=[]), "algorithms: not a list with at least one entry"),
        (jwt_kind(algorithms=["RS256", "HS256"]), r"algorithms\[1\]: not one of RS256, RS384, "),
        (jwt_kind(algorithms=["none"]), r"algorithms\[0\]: not one of"),
        (jwt_kind(jwks=None), "exactly one of jwks, jwks_url and discover"),
        (jwt_kind(jwks_url="https://issuer.example"), "exactly one of jwks, jwks_url and disc"),
        (jwt_kind(discover=True), "exactly one of jwks, jwks_url and discover"),
        (jwt_kind(jwks=None, discover="yes"), "discover: not true"),
        (jwt_kind(jwks=None, discover=True, issuer="issuer"), "issuer: not"),
        (jwt_kind(jwks=None, discover=True, issuer="http://a.example"), "issuer: not https"),
        (jwt_kind(audience_claim=""), "audience_claim: not a text"),
        (jwt_kind(claims=[]), "claims: not an object"),
        (jwt_kind(claims={"a": "b"}), r"claims\.a: not a list"),
        (jwt_kind(claims={"a": []}), r"claims\.a: not a list with at least one entry"),
        (jwt_kind(scope_claims=[]), "scope_claims: not a list with at least one entry"),
        (jwt_kind(scopes="read"), "scopes: not a list"),
        ({"kind": "static", "secret": SECRET, "sha256": [DIGEST]}, "sha256 not known"),
        ({"kind": "static", "secret": "my-secret"}, "secret: not the ARN of a secret"),
        ({"kind": "static", "secret": SECRET.replace("secretsmanager", "s3")}, "not the ARN"),
        (STATIC | {"scopes": [7]}, r"scopes\[0\]: not a text"),
        (jwt_kind(jwks=[]), "jwks: not an object"),
        (jwt_kind(jwks=None, jwks_url=7), "jwks_url: not a text"),
        (jwt_kind(leeway=3600), "leeway not known"),
    ],
)
def test_a_mistake_in_a_kind_names_its_place(kind: Json, message: str) -> None:
    with pytest.raises(SettingsError, match=rf"kinds\[1\].*{message}"):
        parse_settings(settings(STATIC, kind))


def test_an_issuer_has_one_kind() -> None:
    with pytest.raises(SettingsError, match="an issuer is named twice"):
        parse_settings(settings(jwt_kind(), jwt_kind(audience=["orders"])))


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kind", "sha256", "issuer", "jwks", "jwks_url", "audience"]), inner
        )
    ),
    max_leaves=8,
)


@given(JSON_VALUES, JSON_VALUES)
def test_any_settings_are_read_or_refused(header: object, kinds: object) -> None:
    text = json.dumps({"header": header, "kinds": kinds})
    with pytest.raises(SettingsError):
        parse_settings(text)
