"""Our signature against botocore's, which every AWS service accepts."""

import json
from datetime import UTC, datetime

import pytest
from botocore.auth import SigV4Auth  # type: ignore[import-untyped]
from botocore.awsrequest import AWSRequest  # type: ignore[import-untyped]
from botocore.credentials import Credentials as BotoCredentials  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from token_validator.signature_v4 import Credentials, Scope, read_credentials, signed_headers

URL = "https://secretsmanager.eu-central-1.amazonaws.com/"
SCOPE = Scope("eu-central-1", "secretsmanager")
CREDENTIALS = Credentials(
    "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "session/token="
)


class FixedAuth(SigV4Auth):  # type: ignore[misc]
    """botocore's, at a given time."""

    def __init__(self, *arguments: object, now: float) -> None:
        super().__init__(*arguments)
        self._now = datetime.fromtimestamp(now, UTC)

    def add_auth(self, request: AWSRequest) -> None:
        request.context["timestamp"] = self._now.strftime("%Y%m%dT%H%M%SZ")
        self._modify_request_before_signing(request)
        canonical = self.canonical_request(request)
        text = self.string_to_sign(request, canonical)
        self._inject_signature_to_request(request, self.signature(text, request))


def botocores(body: bytes, headers: dict[str, str], credentials: Credentials, now: float) -> str:
    request = AWSRequest("POST", URL, headers=dict(headers), data=body)
    auth = FixedAuth(BotoCredentials(*credentials), SCOPE.service, SCOPE.region, now=now)
    auth.add_auth(request)
    return str(request.headers["Authorization"])


def ours(body: bytes, headers: dict[str, str], credentials: Credentials, now: float) -> str:
    signed = signed_headers(URL, body, headers, credentials=credentials, scope=SCOPE, now=now)
    return signed["authorization"]


@pytest.mark.parametrize("session_token", [None, "session/token="])
def test_a_request_is_signed_as_botocore_does(session_token: str | None) -> None:
    credentials = CREDENTIALS._replace(session_token=session_token)
    headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": "a.B"}
    body = json.dumps({"SecretId": "ä"}).encode()
    assert ours(body, headers, credentials, 1.8e9) == botocores(body, headers, credentials, 1.8e9)


@given(st.binary(max_size=50), st.integers(0, 4_000_000_000))
def test_whatever_is_sent_whenever(body: bytes, now: int) -> None:
    headers = {"x-amz-target": "a.B"}
    assert ours(body, headers, CREDENTIALS, now) == botocores(body, headers, CREDENTIALS, now)


def test_a_session_token_is_sent_along() -> None:
    signed = signed_headers(URL, b"", {}, credentials=CREDENTIALS, scope=SCOPE, now=0)
    assert signed["x-amz-security-token"] == "session/token="
    assert signed["x-amz-date"] == "19700101T000000Z"


def test_credentials_are_those_of_the_environment() -> None:
    variables = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    assert read_credentials(variables) == ("a", "b", None)
    assert read_credentials(variables | {"AWS_SESSION_TOKEN": "c"}).session_token == "c"


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_a_credential_that_is_missing_is_named(name: str) -> None:
    variables = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    del variables[name]
    with pytest.raises(ValueError, match=f"{name} is not set"):
        read_credentials(variables)
