"""The token check of a real local run: the same answers as the Lambda's handler gives on AWS.

Every request goes twice: over HTTP through `mockenv up`, and as API Gateway's event to the
validator with the very settings of the run. Status and body must be what API Gateway makes of it.
"""

import hashlib
import io
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from integration.local_environment import Running, settings_folder, start_up
from mock_constructs.route_keys import route_keys
from mockenv.local.token_issuer import TokenIssuer
from mockenv.local.tokens import issuer_kind
from mockenv.settings.resolve import resolve_environment
from mockenv.token_settings import local_token_settings
from token_validator.authorizer import Authorizer
from token_validator.log import Log
from token_validator.sources import real_sources
from validator_tokens import Json, es256_token

STATIC_TOKEN = "open-sesame"
DIGEST = hashlib.sha256(STATIC_TOKEN.encode()).hexdigest()
ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mockenv/tokens-AbCdEf"
SETTINGS = f"""\
project: shop
mocks:
  petstore: {{path: /petstore, spec: petstore-expanded.yaml}}
  patents: {{path: /petstore/patents, spec: uspto.yaml, scopes: [read, patents]}}
  games: {{path: /, spec: tictactoe.yaml, scopes: [play]}}
tokens:
  cache_seconds: 60
  kinds:
    - {{kind: static, sha256: ['{DIGEST}'], scopes: [play]}}
    - {{kind: static, secret: '{ARN}'}}
"""
PATHS = ("/petstore", "/petstore/patents", "/")
ANSWERS = {401: b'{"message":"Unauthorized"}', 403: b'{"message":"Forbidden"}'}


@pytest.fixture(scope="module")
def scoped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = start_up(settings_folder(tmp_path_factory.mktemp("scoped"), SETTINGS))
    yield running
    assert running.stop() == 0


class Lambda:
    """The handler's logic with the settings of a run, and API Gateway's part of the answer."""

    def __init__(self, folder: Path) -> None:
        settings = resolve_environment(folder / "mockenv.yaml", "local")
        assert settings.tokens is not None
        self.issuer = TokenIssuer.load(folder / ".mockenv" / "local" / "issuer.pem")
        told = local_token_settings(
            settings.tokens, settings.mocks, issuer_kind=issuer_kind(self.issuer)
        )
        self._authorizer = Authorizer(
            json.dumps(told), clock=time.time, log=Log(io.StringIO()), sources=real_sources()
        )

    def status(self, path: str, value: str | None) -> int | None:
        """401 or 403; None where the mock answers."""
        if not value:
            return 401
        event: Json = {"routeKey": _route_key(path), "headers": {"authorization": value}}
        return None if self._authorizer(event)["isAuthorized"] else 403

    def token(self, *scopes: str, audience: str = "mockenv-local", seconds: int = 60) -> str:
        return self.issuer.mint("alice", audience, scopes, seconds)


def _route_key(path: str) -> str:
    """The most specific of the routes that the stack deploys."""
    keys = [key for key in route_keys(PATHS) if key.method == "ANY"]
    exact = [key for key in keys if key.path == path]
    below = [key for key in keys if path.startswith(key.path.removesuffix("{proxy+}"))]
    return str((exact or sorted(below, key=lambda key: -len(key.path)))[0])


@pytest.fixture(scope="module")
def on_aws(scoped: Running) -> Lambda:
    return Lambda(scoped.folder)


def credentials(on_aws: Lambda) -> dict[str, str | None]:
    alone = on_aws.token()
    signed, _, signature = alone.rpartition(".")
    claims = {"iss": "https://local.mockenv", "aud": "mockenv-local", "exp": time.time() + 60}
    return {
        "none": None,
        "empty": "",
        "no scheme": alone,
        "another scheme": f"Basic {alone}",
        "two spaces": f"Bearer  {alone}",
        "lower case": f"bearer {alone}",
        "two": f"Bearer {alone}, Bearer {alone}",
        "no scopes": f"Bearer {alone}",
        "one scope": f"Bearer {on_aws.token('read')}",
        "both scopes": f"Bearer {on_aws.token('patents', 'read')}",
        "all scopes": f"Bearer {on_aws.token('play', 'patents', 'read')}",
        "a scope in capitals": f"Bearer {on_aws.token('PLAY')}",
        "admin": f"Bearer {on_aws.token('admin')}",
        "another audience": f"Bearer {on_aws.token('play', audience='other')}",
        "stripped": f"Bearer {signed}.",
        "changed": f"Bearer {signed}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}",
        "padded": f"Bearer {alone}=",
        "another key": f"Bearer {es256_token({'alg': 'ES256'}, claims)}",
        "unsigned": "Bearer eyJhbGciOiJub25lIn0.e30.",
        "too long": f"Bearer {'a' * 8193}",
        "static": f"Bearer {STATIC_TOKEN}",
        "another static": "Bearer open-sesam",
        "of the secret, which is not there": "Bearer of-the-secret",
    }


REQUESTS = (
    "/petstore/pets",
    "/petstore",
    "/petstore/patents",
    "/petstore/patents/",
    "/petstore/patentsx",
    "/board",
    "/",
)


def test_both_sides_give_the_same_answers(scoped: Running, on_aws: Lambda) -> None:
    seen = set()
    for name, value in credentials(on_aws).items():
        for path in REQUESTS:
            headers = {} if value is None else {"authorization": value}
            answer = scoped.request("GET", path, None, **headers)
            expected = on_aws.status(path, value)
            passed = answer.body not in ANSWERS.values()
            assert (None if passed else answer.status) == expected, (name, path, answer)
            if expected is not None:
                assert answer.body == ANSWERS[expected]
                assert answer.headers["content-type"] == "application/json"
            seen.add(expected)
    assert seen == {None, 401, 403}


def test_scopes_are_those_of_the_mock_that_answers(scoped: Running, on_aws: Lambda) -> None:
    token = on_aws.token("read", "patents")
    asked = [
        scoped.request("GET", path, None, authorization=f"Bearer {token}").status
        for path in ("/petstore/pets", "/petstore/patents", "/board")
    ]
    assert asked == [200, 200, 403]


def test_the_cache_leaks_nothing_from_one_mock_to_another(scoped: Running, on_aws: Lambda) -> None:
    """In every order: an answer for one route must not be taken for another's."""
    for order in (REQUESTS, REQUESTS[::-1]):
        for scopes in ((), ("play",), ("read", "patents")):
            value = f"Bearer {on_aws.token(*scopes)}"
            for path in order + order:
                answer = scoped.request("GET", path, None, authorization=value)
                denied = answer.body == ANSWERS[403]
                assert denied == (on_aws.status(path, value) == 403), (path, scopes)


def test_the_token_that_is_printed_opens_every_mock(scoped: Running) -> None:
    for path in REQUESTS:
        assert scoped.get(path).body not in ANSWERS.values()


def test_what_is_left_out_here_is_said(scoped: Running) -> None:
    assert "tokens.kinds.1 is left out here: its digests are in AWS" in scoped.stderr.read_text()


def test_a_path_that_is_spelled_otherwise_reaches_no_other_mock(
    scoped: Running, on_aws: Lambda
) -> None:
    """Routes and mocks are chosen from the same bytes, so a route's answer fits its mock."""
    value = f"Bearer {on_aws.token()}"
    for path in ("/petstore/%70atents", "/petstore//patents", "/petstore/./patents"):
        answer = scoped.request("GET", path, None, authorization=value)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.status == 404
    for path in ("/petstore/patents/../pets", "//petstore/pets", "/%70etstore/pets"):
        answer = scoped.request("GET", path, None, authorization=value)
        assert (answer.status, answer.body) == (403, ANSWERS[403])


def test_without_a_cache_an_expired_token_is_refused_at_once(tmp_path: Path) -> None:
    text = SETTINGS.replace("cache_seconds: 60", "cache_seconds: 0")
    running = start_up(settings_folder(tmp_path, text))
    try:
        ends_at = int(time.time()) + 3
        token = Lambda(tmp_path).token(seconds=ends_at - int(time.time()))
        path, headers = "/petstore/pets", {"authorization": f"Bearer {token}"}
        assert running.request("GET", path, None, **headers).status == 200
        time.sleep(ends_at + 0.1 - time.time())
        assert running.request("GET", path, None, **headers).status == 403
    finally:
        assert running.stop() == 0


def test_an_open_environment_asks_for_no_token_and_says_so(tmp_path: Path) -> None:
    text = "project: shop\nmocks:\n  petstore: {path: /petstore, spec: petstore-expanded.yaml}\n"
    running = start_up(settings_folder(tmp_path, text + "tokens: none-i-want-this-open\n"))
    try:
        assert (running.said["token"], running.said["token_header"]) == (None, None)
        for headers in ({}, {"authorization": "Bearer nonsense"}):
            assert running.request("GET", "/petstore/pets", None, **headers).status == 200
        assert running.request("GET", "/other").body == b'{"message":"Not Found"}'
        warning = "WARNING: tokens is none-i-want-this-open"
        assert warning in running.stderr.read_text()
        assert not (tmp_path / ".mockenv" / "local" / "token-validator.log").exists()
    finally:
        assert running.stop() == 0
