"""The Lambda's entry point, in processes of its own: it reads its settings when imported."""

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from http_issuer import issuer, send
from validator_tokens import Json, bearer, claims, es256_token, jwt_kind, settings

LAMBDA_SOURCE = Path(__file__).resolve().parents[2] / "lambda_src"
STATIC: Json = {"kind": "static", "sha256": [hashlib.sha256(b"static-token").hexdigest()]}
CALL = """
import json, sys
from token_validator.handler import handler
print(json.dumps([handler(json.loads(sys.argv[1]), None), sorted(sys.modules)]))
"""


def call_handler(
    token_settings: str | None, request_event: Json, **variables: str
) -> tuple[Json, set[str], list[Json]]:
    """The handler's answer in a fresh process, the modules it loaded, and its log."""
    environment = {**os.environ, "PYTHONPATH": str(LAMBDA_SOURCE), **variables}
    environment.pop("TOKEN_SETTINGS", None)
    if token_settings is not None:
        environment["TOKEN_SETTINGS"] = token_settings
    output = subprocess.run(
        [sys.executable, "-c", CALL, json.dumps(request_event)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert output.stderr == ""
    *log, last = (json.loads(line) for line in output.stdout.splitlines())
    return last[0], set(last[1]), log


def test_a_right_token_is_accepted_by_settings_from_the_environment() -> None:
    token = es256_token(body=claims(exp=time.time() + 600))
    answer, _, log = call_handler(settings(STATIC, jwt_kind()), bearer(token))
    assert answer == {
        "isAuthorized": True,
        "context": {"subject": "alice", "scopes": "", "kind": "jwt"},
    }
    assert log == []


def test_without_settings_nothing_is_accepted() -> None:
    answer, _, log = call_handler(None, bearer(es256_token()))
    assert answer == {"isAuthorized": False, "context": {}}
    assert [line["event"] for line in log] == ["settings_refused", "refused"]


def test_static_tokens_load_neither_cryptography_nor_a_network() -> None:
    answer, modules, _ = call_handler(settings(STATIC), bearer("static-token"))
    assert answer["isAuthorized"] is True
    assert not modules & {"cryptography", "urllib.request", "http.client", "ssl"}


def test_keys_in_the_settings_load_no_network() -> None:
    token = es256_token(body=claims(exp=time.time() + 600))
    answer, modules, _ = call_handler(settings(jwt_kind()), bearer(token))
    assert answer["isAuthorized"] is True
    heavy = {"urllib.request", "http.client", "ssl", "dataclasses", "logging", "boto3", "pydantic"}
    assert not modules & heavy


SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mockenv/tokens-AbCdEf"


def test_tokens_of_a_secret_are_read_with_the_function_s_own_credentials_and_no_sdk() -> None:
    held = json.dumps({"sha256": STATIC["sha256"]})
    answer_with_secret = send(200, json.dumps({"SecretString": held}).encode())
    kind: Json = {"kind": "static", "secret": SECRET}
    with issuer(answer_with_secret) as url:
        answer, modules, log = call_handler(
            settings(kind),
            bearer("static-token"),
            AWS_ENDPOINT_URL_SECRETS_MANAGER=url,
            AWS_ACCESS_KEY_ID="key",
            AWS_SECRET_ACCESS_KEY="secret",
            AWS_SESSION_TOKEN="session",
        )
    assert (answer["isAuthorized"], log) == (True, [])
    assert not modules & {"boto3", "botocore", "cryptography"}
