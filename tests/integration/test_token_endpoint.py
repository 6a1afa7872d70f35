"""Tokens over HTTP, as a test suite gets them: real processes, and another's library to verify."""

import base64
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import jwt
import pytest

from integration.local_environment import Answer, Running, settings_folder, start_up
from integration.processes import children
from waiting import eventually

SETTINGS = """\
project: shop
mocks:
  petstore: {path: /petstore, spec: petstore-expanded.yaml, scopes: [read]}
tokens: {cache_seconds: 0}
"""
PASSWORD = "canary-of-alice"
USERS = f"local: {{users: {{alice: {{password: {PASSWORD}, scopes: [read, write]}}}}}}\n"
FORM = "application/x-www-form-urlencoded"
TOKEN = "/_mockenv/token"


@pytest.fixture(scope="module")
def issuing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = start_up(settings_folder(tmp_path_factory.mktemp("issuing"), SETTINGS + USERS))
    yield running
    assert running.stop() == 0


def ask(running: Running, parameters: Mapping[str, str], **headers: str) -> Answer:
    body = urlencode(parameters).encode()
    return running.request("POST", TOKEN, body, content_type=FORM, **headers)


def basic(name: str, password: str) -> str:
    return f"Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}"


def obtain(running: Running, **parameters: str) -> str:
    credentials = basic("alice", PASSWORD)
    asked = {"grant_type": "client_credentials", **parameters}
    return str(ask(running, asked, authorization=credentials).json()["access_token"])


def status_with(running: Running, token: str) -> int:
    header = f"Bearer {token}"
    return running.request("GET", "/petstore/pets", authorization=header).status


def test_a_test_suite_gets_a_token_and_calls_a_mock_with_it(issuing: Running) -> None:
    asked = {"grant_type": "password", "username": "alice", "password": PASSWORD}
    answer = ask(issuing, asked)
    body = answer.json()
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert (body["token_type"], body["expires_in"], body["scope"]) == ("Bearer", 30, "read write")
    assert status_with(issuing, body["access_token"]) == 200


def test_a_token_with_less_than_a_mock_needs_is_refused(issuing: Running) -> None:
    assert status_with(issuing, obtain(issuing, scope="read")) == 200
    assert status_with(issuing, obtain(issuing, scope="write")) == 403


def test_a_token_is_refused_after_its_time(issuing: Running) -> None:
    token = obtain(issuing, expires_in="1")
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == 1
    assert eventually(lambda: status_with(issuing, token) == 403)


def test_the_published_keys_verify_it_in_another_library(issuing: Running) -> None:
    token = obtain(issuing, scope="read")
    discovery = issuing.request("GET", "/_mockenv/.well-known/openid-configuration").json()
    key = jwt.PyJWKClient(discovery["jwks_uri"]).get_signing_key_from_jwt(token)
    claims = jwt.decode(
        token, key, algorithms=["ES256"], audience="mockenv-local", issuer=discovery["issuer"]
    )
    assert (claims["sub"], claims["scope"]) == ("alice", "read")


def test_wrong_credentials_get_nothing(issuing: Running) -> None:
    asked = {"grant_type": "client_credentials"}
    answer = ask(issuing, asked, authorization=basic("alice", "wrong"))
    assert (answer.status, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["www-authenticate"].startswith("Basic ")


def test_a_page_in_a_browser_gets_nothing_even_with_the_password(issuing: Running) -> None:
    asked = {"grant_type": "password", "username": "alice", "password": PASSWORD}
    for headers in ({"origin": "https://evil.example"}, {"host": "evil.example"}):
        answer = ask(issuing, asked, **headers)
        assert answer.status == 403
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_the_password_stands_nowhere_but_in_the_settings_file(issuing: Running) -> None:
    obtain(issuing)
    said = json.dumps(issuing.said) + issuing.stderr.read_text()
    files = [path for path in (issuing.folder / ".mockenv").rglob("*") if path.is_file()]
    assert len(files) >= 4
    said += "".join(path.read_text(errors="replace") for path in files)
    assert PASSWORD not in said
    assert basic("alice", PASSWORD) not in said


def test_neither_password_nor_private_key_reaches_another_process(issuing: Running) -> None:
    for process_id, command in children(issuing.process.pid).items():
        variables = (Path("/proc") / str(process_id) / "environ").read_text(errors="replace")
        assert PASSWORD not in command + variables
        assert "issuer.pem" not in command + variables
        assert "PRIVATE KEY" not in command + variables
    config = (issuing.folder / ".mockenv" / "local" / "environment.json").read_text()
    assert "issuer.pem" not in config


def test_without_users_there_is_one_for_the_run_until_the_settings_name_some(
    tmp_path: Path,
) -> None:
    running = start_up(settings_folder(tmp_path, SETTINGS))
    try:
        credentials = basic(running.said["token_user"], running.said["token_password"])
        asked = {"grant_type": "client_credentials"}
        answer = ask(running, asked, authorization=credentials)
        assert status_with(running, answer.json()["access_token"]) == 200
        (tmp_path / "mockenv.yaml").write_text(SETTINGS + USERS)
        late = basic("alice", PASSWORD)
        assert eventually(lambda: ask(running, asked, authorization=late).status == 200)
        assert ask(running, asked, authorization=credentials).status == 401
    finally:
        assert running.stop() == 0
