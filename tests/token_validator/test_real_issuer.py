"""The whole validator against real HTTP issuers: down, slow, garbage, elsewhere, rotating.

Time stands still in the validator unless a test moves it; the network's is real.
"""

import io
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler

import pytest

from http_issuer import issuer as http_server
from http_issuer import send
from token_validator.authorizer import Authorizer
from token_validator.jwks_cache import MIN_FETCH_INTERVAL_SECONDS, REFRESH_SECONDS
from token_validator.kept import MAX_STALE_SECONDS
from token_validator.log import Log
from token_validator.sources import real_sources
from validator_tokens import (
    NOW,
    Json,
    bearer,
    claims,
    es256_token,
    header,
    jwt_kind,
    p256_jwk,
    p256_key,
    settings,
)

DISCOVERY = "/.well-known/openid-configuration"


class Issuer:
    """What a server answers now, and the paths it was asked for."""

    def __init__(self) -> None:
        self.url = ""
        self.keys: dict[str, int] = {"a": 0}
        self.trouble: object = None
        self.asked: list[str] = []
        self.may_end = threading.Event()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.path)
        if callable(self.trouble):
            self.trouble(request)
        else:
            send(200, self._document(request.path))(request)

    def _document(self, path: str) -> bytes:
        if path.endswith(DISCOVERY):
            return json.dumps({"issuer": self.url, "jwks_uri": f"{self.url}/jwks"}).encode()
        keys = [p256_jwk(p256_key(number), kid=name) for name, number in self.keys.items()]
        return json.dumps({"keys": keys}).encode()


@pytest.fixture
def there() -> Iterator[Issuer]:
    issuer = Issuer()
    with http_server(issuer.answer) as url:
        issuer.url = url.removesuffix("/jwks.json")
        try:
            yield issuer
        finally:
            issuer.may_end.set()


class Validator:
    def __init__(self, there: Issuer, *, discover: bool = False) -> None:
        source: Json = {"discover": True} if discover else {"jwks_url": f"{there.url}/jwks"}
        self._issuer = there.url
        self.now = NOW
        self.stream = io.StringIO()
        self._authorizer = Authorizer(
            settings(jwt_kind(jwks=None, issuer=there.url, **source)),
            clock=lambda: self.now,
            log=Log(self.stream),
            sources=real_sources(),
        )

    def accepts(self, key_id: str = "a", number: int = 0) -> bool:
        body = claims(iss=self._issuer, exp=self.now + 60)
        token = es256_token(header(kid=key_id), body, p256_key(number))
        return self._authorizer(bearer(token))["isAuthorized"]

    @property
    def problems(self) -> list[str]:
        lines = [json.loads(line) for line in self.stream.getvalue().splitlines()]
        return [line["problem"] for line in lines if line["event"] == "jwks_refused"]


@pytest.mark.parametrize("discover", [False, True])
def test_keys_come_from_the_issuer(there: Issuer, discover: bool) -> None:
    validator = Validator(there, discover=discover)
    assert validator.accepts()
    assert validator.accepts()
    assert not validator.accepts(number=1)
    assert there.asked == ([DISCOVERY] if discover else []) + ["/jwks"]


@pytest.mark.parametrize("discover", [False, True])
def test_10_000_unknown_keys_cause_one_fetch_in_30_seconds(there: Issuer, discover: bool) -> None:
    validator = Validator(there, discover=discover)
    for number in range(10_000):
        validator.now = NOW + number * (MIN_FETCH_INTERVAL_SECONDS - 1) / 10_000
        assert not validator.accepts(f"unknown-{number % 50}")
    assert there.asked.count("/jwks") == 1
    assert there.asked.count(DISCOVERY) == int(discover)
    assert validator.accepts()


def test_a_rotated_key_is_found_at_once(there: Issuer) -> None:
    validator = Validator(there)
    assert validator.accepts()
    there.keys = {"b": 1, "a": 0}
    validator.now += MIN_FETCH_INTERVAL_SECONDS
    assert validator.accepts("b", 1)
    assert validator.accepts("a")
    there.keys = {"b": 1}
    validator.now += REFRESH_SECONDS + 1
    assert not validator.accepts("a")
    assert validator.accepts("b", 1)


def test_200_requests_at_once_share_a_fetch(there: Issuer) -> None:
    validator = Validator(there)
    with ThreadPoolExecutor(20) as pool:
        assert all(pool.map(lambda _: validator.accepts(), range(200)))
    assert there.asked == ["/jwks"]


def hang(there: Issuer) -> object:
    return lambda _: there.may_end.wait()


def drip_headers(there: Issuer) -> object:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        try:
            while not there.may_end.wait(0.05):
                request.wfile.write(b"x: y\r\n")
        except OSError:
            return

    return answer


def elsewhere(there: Issuer) -> object:
    return lambda request: (
        send(302, Location=f"{there.url}/elsewhere")(request)
        if request.path != "/elsewhere"
        else send(200, there._document("/jwks"))(request)
    )


SLOW = {"hangs": hang, "drips headers": drip_headers}  # 2 s each
FAST = {
    "redirects": elsewhere,
    "fails": lambda _: send(503),
    "is not there": lambda _: send(404),
    "is empty": lambda _: send(200, b""),
    "gives HTML": lambda _: send(200, b"<html>"),
    "gives no keys": lambda _: send(200, b'{"keys": []}'),
    "gives unusable keys": lambda _: send(200, b'{"keys": [{"kty": "oct", "k": "AA"}]}'),
    "gives members twice": lambda _: send(200, b'{"keys": [], "keys": []}'),
    "nests deeply": lambda _: send(200, b'{"keys":' + b"[" * 100_000),
    "gives too much": lambda _: send(200, b" " * 2_000_000),
}
TROUBLES = SLOW | FAST


@pytest.mark.parametrize("trouble", TROUBLES)
def test_good_keys_serve_while_the_issuer(there: Issuer, trouble: str) -> None:
    validator = Validator(there)
    assert validator.accepts()
    there.trouble = TROUBLES[trouble](there)
    validator.now += REFRESH_SECONDS + 1
    assert validator.accepts()
    assert not validator.accepts("unknown")
    assert len(there.asked) == 2
    assert len(validator.problems) == 1
    validator.now = NOW + MAX_STALE_SECONDS
    there.trouble = None
    assert validator.accepts()


@pytest.mark.parametrize("trouble", FAST)
@pytest.mark.parametrize("discover", [False, True])
def test_nobody_is_let_in_if_from_the_start_it(there: Issuer, trouble: str, discover: bool) -> None:
    validator = Validator(there, discover=discover)
    there.trouble = TROUBLES[trouble](there)
    assert not validator.accepts()
    assert not validator.accepts()
    assert len(there.asked) == 1
    assert len(validator.problems) == 1
    there.trouble = None
    validator.now += MIN_FETCH_INTERVAL_SECONDS
    assert validator.accepts()


def test_stale_keys_end(there: Issuer) -> None:
    validator = Validator(there)
    assert validator.accepts()
    there.trouble = send(503)
    validator.now += MAX_STALE_SECONDS
    assert validator.accepts()
    validator.now += 1
    assert not validator.accepts()


def test_a_redirect_is_not_followed_to_another_server(there: Issuer) -> None:
    attacker: list[str] = []

    def catch(request: BaseHTTPRequestHandler) -> None:
        attacker.append(request.path)
        send(200, there._document("/jwks"))(request)

    with http_server(catch) as elsewhere_url:
        there.trouble = send(307, Location=elsewhere_url)
        assert not Validator(there).accepts()
        assert not Validator(there, discover=True).accepts()
    assert attacker == []
