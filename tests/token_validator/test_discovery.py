"""OIDC discovery: what an issuer says of itself, and what it can't talk us into."""

import json

import pytest

from token_validator.discovery import discover_jwks
from token_validator.fetch import FetchError

ISSUER = "https://issuer.example"
JWKS_URI = "https://keys.example/jwks.json"


class Web:
    """Documents by address; what is not there fails. Knows what was asked for."""

    def __init__(self, **documents: object) -> None:
        self.documents = documents
        self.asked: list[str] = []

    def fetch(self, url: str) -> bytes:
        self.asked.append(url)
        if url not in self.documents:
            raise FetchError(f"{url}: 404")
        return json.dumps(self.documents[url]).encode()


def web(issuer: str = ISSUER, **configuration: object) -> Web:
    said = {"issuer": issuer, "jwks_uri": JWKS_URI, **configuration}
    place = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    return Web(**{place: said, JWKS_URI: {"keys": []}})


@pytest.mark.parametrize("issuer", [ISSUER, f"{ISSUER}/", f"{ISSUER}/tenant", f"{ISSUER}/tenant/"])
def test_the_keys_are_where_the_configuration_says(issuer: str) -> None:
    there = web(issuer)
    assert discover_jwks(issuer, there.fetch) == b'{"keys": []}'
    assert there.asked[0] == f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    assert there.asked[1:] == [JWKS_URI]


@pytest.mark.parametrize("other", ["https://attacker.example", f"{ISSUER}/", "", None, [ISSUER]])
def test_a_configuration_of_another_issuer_is_refused(other: object) -> None:
    there = web()
    there.documents[f"{ISSUER}/.well-known/openid-configuration"] = {
        "issuer": other,
        "jwks_uri": JWKS_URI,
    }
    with pytest.raises(ValueError, match="another issuer"):
        discover_jwks(ISSUER, there.fetch)
    assert JWKS_URI not in there.asked


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        (None, "no jwks_uri"),
        ([JWKS_URI], "no jwks_uri"),
        ("http://keys.example/jwks.json", "not https"),
        ("http://127.0.0.1/jwks.json", "not https, as its issuer is"),
        ("file:///etc/passwd", "not an address"),
        ("https://user:password@keys.example/", "without credentials"),
        ("https://keys.example/j wks", "plain ASCII"),
        ("//keys.example/jwks.json", "not https"),
    ],
)
def test_the_address_of_the_keys_is_encrypted(address: object, problem: str) -> None:
    there = web(jwks_uri=address)
    with pytest.raises(ValueError, match=problem):
        discover_jwks(ISSUER, there.fetch)
    assert len(there.asked) == 1


def test_an_issuer_on_this_machine_may_have_its_keys_there() -> None:
    local, keys = "http://127.0.0.1:9000", "http://127.0.0.1:9000/jwks"
    there = web(local, jwks_uri=keys)
    there.documents[keys] = {"keys": [1]}
    assert json.loads(discover_jwks(local, there.fetch)) == {"keys": [1]}


@pytest.mark.parametrize("configuration", [b"", b"<html>", b"[]", b'{"issuer": 1, "issuer": 2}'])
def test_a_configuration_that_is_none_is_refused(configuration: bytes) -> None:
    with pytest.raises(ValueError, match=r"JSON|Expecting"):
        discover_jwks(ISSUER, lambda _: configuration)


def test_an_issuer_without_a_configuration_has_no_keys() -> None:
    with pytest.raises(FetchError, match="404"):
        discover_jwks(ISSUER, Web().fetch)
