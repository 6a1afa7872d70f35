"""Reading a secret over real HTTP: from an emulator of AWS, and from servers that misbehave."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.error import HTTPError

import pytest

from aws_emulator import KEY_VARIABLES, REGION, AwsEmulator, running_emulator
from http_issuer import Answer, issuer, send
from token_validator.fetch import Request, download
from token_validator.secret_versions import read_versions, secret_address
from validator_tokens import Json

ARN = f"arn:aws:secretsmanager:{REGION}:123456789012:secret:mockenv/tokens-AbCdEf"


@pytest.fixture(scope="module")
def aws() -> Iterator[AwsEmulator]:
    with running_emulator() as emulator:
        yield emulator


def read(url: str, arn: str = ARN) -> list[str]:
    environment = {**KEY_VARIABLES, "AWS_ENDPOINT_URL_SECRETS_MANAGER": url}
    address = secret_address(arn, environment)
    return list(read_versions(address, environment=environment, send=download, now=1.8e9))


def created(client: Any, name: str, text: str) -> str:
    return str(client.create_secret(Name=name, SecretString=text)["ARN"])


def test_a_new_secret_has_one_version_and_a_changed_one_two(aws: AwsEmulator) -> None:
    client = aws.client("secretsmanager")
    arn = created(client, "tokens", "one")
    assert read(aws.url, arn) == ["one"]
    client.put_secret_value(SecretId=arn, SecretString="two")
    assert read(aws.url, arn) == ["two", "one"]
    client.put_secret_value(SecretId=arn, SecretString="three")
    assert read(aws.url, arn) == ["three", "two"]


def test_a_secret_that_is_not_there_is_an_error(aws: AwsEmulator) -> None:
    with pytest.raises(HTTPError, match=r"40[04]"):
        read(aws.url)


def test_a_secret_of_bytes_is_refused(aws: AwsEmulator) -> None:
    client = aws.client("secretsmanager")
    arn = str(client.create_secret(Name="bytes", SecretBinary=b"one")["ARN"])
    with pytest.raises(ValueError, match="no SecretString"):
        read(aws.url, arn)


@pytest.mark.parametrize(
    ("arn", "url"),
    [
        (ARN, "https://secretsmanager.eu-central-1.amazonaws.com/"),
        (
            ARN.replace("aws:", "aws-cn:", 1).replace(REGION, "cn-north-1"),
            "https://secretsmanager.cn-north-1.amazonaws.com.cn/",
        ),
    ],
)
def test_a_secret_is_asked_for_in_its_region(arn: str, url: str) -> None:
    assert secret_address(arn, {}).url == url


def test_both_versions_are_asked_for_with_a_signature_each() -> None:
    asked: list[tuple[Json, str]] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["content-length"]))
        asked.append((json.loads(body), request.headers["authorization"]))
        assert request.headers["x-amz-target"] == "secretsmanager.GetSecretValue"
        assert request.headers["content-type"] == "application/x-amz-json-1.1"
        send(200, b'{"SecretString": "text"}')(request)

    with issuer(answer) as url:
        assert read(url) == ["text", "text"]
    assert [body for body, _ in asked] == [
        {"SecretId": ARN, "VersionStage": "AWSCURRENT"},
        {"SecretId": ARN, "VersionStage": "AWSPREVIOUS"},
    ]
    assert all(f"/{REGION}/secretsmanager/aws4_request" in signature for _, signature in asked)


def failing(stage: str, status: int, body: bytes) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        asked = request.rfile.read(int(request.headers["content-length"]))
        fails = stage.encode() in asked
        send(status if fails else 200, body if fails else b'{"SecretString": "text"}')(request)

    return answer


@pytest.mark.parametrize("stage", ["AWSCURRENT", "AWSPREVIOUS"])
@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b'{"__type": "AccessDeniedException"}'),
        (500, b""),
        (302, b""),
    ],
)
def test_an_error_of_either_call_is_one_of_the_whole(stage: str, status: int, body: bytes) -> None:
    with issuer(failing(stage, status, body)) as url, pytest.raises(HTTPError, match=str(status)):
        read(url)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"SecretString": 7}'])
def test_garbage_is_no_version(body: bytes) -> None:
    with issuer(send(200, body)) as url, pytest.raises(ValueError, match=r"JSON|Expecting|secret"):
        read(url)


def test_a_server_that_is_down_is_an_error() -> None:
    with issuer(send(200)) as url:
        pass
    with pytest.raises(OSError, match="refused"):
        read(url)


def test_without_credentials_nothing_is_sent() -> None:
    sent: list[Request] = []

    def send_nothing(request: Request) -> bytes:
        sent.append(request)
        return b""

    versions = read_versions(secret_address(ARN, {}), environment={}, send=send_nothing, now=0)
    with pytest.raises(ValueError, match="AWS_ACCESS_KEY_ID is not set"):
        list(versions)
    assert sent == []
