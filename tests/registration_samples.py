"""Requests as CloudFormation sends them, for the provider's tests."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from ttl_cleanup.environment_stack import EnvironmentStack, environment_stack

UUID = "466df9e0-0dff-08e3-8e2f-5088487c4896"
NEXT_UUID = "5a1b2c3d-4e5f-11ef-9c0a-0242ac120002"
VERSION = "0123456789abcdef"
MOCK_HOST_SHA256 = "a" * 64
ASSETS_BUCKET = "cdk-hnb659fds-assets-123456789012-eu-central-1"
SOURCES = {"environment.json": b"{}", "mocks/core/core.yaml": b"openapi: 3.1.0"}


def stack_id(environment: str = "pr-123", uuid: str = UUID, project: str = "payments") -> str:
    name = f"mockenv-{project}-env-{environment}"
    return f"arn:aws:cloudformation:eu-central-1:123456789012:stack/{name}/{uuid}"


def stack(environment: str = "pr-123", uuid: str = UUID) -> EnvironmentStack:
    return environment_stack(stack_id(environment, uuid), "payments")


def properties(own: EnvironmentStack, **changes: str | None) -> dict[str, str]:
    values: dict[str, str | None] = {
        "ServiceToken": "arn:aws:lambda:eu-central-1:123456789012:function:registration",
        "Project": "payments",
        "Environment": own.environment,
        "ConfigBucket": own.bucket,
        "SourcesBucket": ASSETS_BUCKET,
        "SourcesKey": "sources.zip",
        "MockHostBucket": ASSETS_BUCKET,
        "MockHostKey": "mock_host.mjs",
        "MockHostSha256": MOCK_HOST_SHA256,
        "Version": VERSION,
        "Url": "https://abc.execute-api.eu-central-1.amazonaws.com",
        "TtlSeconds": "28800",
        "MaxTtlSeconds": "604800",
    }
    return {name: value for name, value in (values | changes).items() if value is not None}


def request(kind: str, own: EnvironmentStack, **changes: str | None) -> dict[str, Any]:
    """Return a request; CloudFormation adds the physical id to all but the first."""
    event = {
        "RequestType": kind,
        "RequestId": "request-1",
        "StackId": own.stack_id,
        "LogicalResourceId": "Registration",
        "ResponseURL": "http://127.0.0.1:9/answer",
        "ResourceProperties": properties(own, **changes),
    }
    known = {} if kind == "Create" else {"PhysicalResourceId": "mockenv-registration"}
    return event | known


def zipped(files: Mapping[str, bytes] = SOURCES) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()
