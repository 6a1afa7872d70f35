"""Reads a secret's current and previous version from AWS Secrets Manager.

API reference: GetSecretValue. The call is made by hand: see signature_v4.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from token_validator import strict_json
from token_validator.fetch import Request
from token_validator.signature_v4 import Scope, read_credentials, signed_headers

# AWSPREVIOUS is what was current before the last change: rotation needs no pause.
STAGES = ("AWSCURRENT", "AWSPREVIOUS")
_TARGET = "secretsmanager.GetSecretValue"
_MISSING = "ResourceNotFoundException"

Send = Callable[[Request], bytes]


class SecretAddress(NamedTuple):
    """A secret's ARN and where it is asked for."""

    arn: str
    region: str
    url: str


def secret_address(arn: str, environment: Mapping[str, str]) -> SecretAddress:
    """Where the secret of that ARN is: in its region, or where AWS's own variable says."""
    _, partition, _, region, *_ = arn.split(":")
    suffix = "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com"
    regional = f"https://secretsmanager.{region}.{suffix}"
    url = environment.get("AWS_ENDPOINT_URL_SECRETS_MANAGER", regional)
    return SecretAddress(arn, region, url.rstrip("/") + "/")


def read_versions(
    address: SecretAddress, *, environment: Mapping[str, str], send: Send, now: float
) -> Iterator[str]:
    """The texts of the secret's versions, the current one first.

    Raises what `send` raises, and ValueError for an answer that is none or missing credentials.
    A secret that never changed has no previous version.
    """
    for stage in STAGES:
        try:
            answer = send(_signed(address, stage, environment, now))
        except OSError as error:
            if stage != STAGES[0] and _says_missing(error):
                return
            raise
        yield _secret_string(answer)


def _signed(
    address: SecretAddress, stage: str, environment: Mapping[str, str], now: float
) -> Request:
    body = json.dumps({"SecretId": address.arn, "VersionStage": stage}).encode("utf-8")
    headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": _TARGET}
    signed = signed_headers(
        address.url,
        body,
        headers,
        credentials=read_credentials(environment),
        scope=Scope(address.region, "secretsmanager"),
        now=now,
    )
    return Request(address.url, signed, body)


def _says_missing(error: OSError) -> bool:
    """Whether an answer is that there is no such version; urllib's HTTPError is a file of it."""
    read = getattr(error, "read", None)
    return read is not None and _MISSING.encode() in read(10_000)


def _secret_string(answer: bytes) -> str:
    text = strict_json.parse_object(answer).get("SecretString")
    if not isinstance(text, str):
        raise ValueError("the secret has no SecretString")
    return text
