"""What a deploy asks for: CloudFormation's request, checked once and frozen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ttl_cleanup.environment_stack import EnvironmentStack
from ttl_cleanup.failure import RefusedError

VERSION = re.compile(r"[0-9a-f]{16}")
SHA256 = re.compile(r"[0-9a-f]{64}")
SECONDS = re.compile(r"[1-9][0-9]{0,9}")
NOT_EMPTY = re.compile(r".+", re.DOTALL)


@dataclass(frozen=True)
class StoredFile:
    """An object in S3."""

    bucket: str
    key: str


@dataclass(frozen=True)
class Registration:
    """An environment as a deploy wants it.

    `version` is the mock sources' (16 hex digits); both TTLs are in seconds, None for never.
    """

    stack: EnvironmentStack
    sources: StoredFile
    mock_host: StoredFile
    mock_host_sha256: str
    version: str
    url: str
    ttl_seconds: int | None
    max_ttl_seconds: int | None
    owner: str | None


def registration(properties: Mapping[str, Any], stack: EnvironmentStack) -> Registration:
    """Read the custom resource's properties (all text, as CloudFormation sends them).

    Raises RefusedError for what is missing or malformed, and for properties that belong to
    another environment than the stack that asks.
    """
    _check_owner(properties, stack)
    return Registration(
        stack=stack,
        sources=_stored_file(properties, "Sources"),
        mock_host=_stored_file(properties, "MockHost"),
        mock_host_sha256=_required(properties, "MockHostSha256", SHA256),
        version=_required(properties, "Version", VERSION),
        url=_required(properties, "Url", NOT_EMPTY),
        ttl_seconds=_seconds(properties, "TtlSeconds"),
        max_ttl_seconds=_seconds(properties, "MaxTtlSeconds"),
        owner=_optional(properties, "Owner", NOT_EMPTY),
    )


def _check_owner(properties: Mapping[str, Any], stack: EnvironmentStack) -> None:
    for name, own in (("Environment", stack.environment), ("ConfigBucket", stack.bucket)):
        given = _required(properties, name, NOT_EMPTY)
        if given != own:
            raise RefusedError(
                f"{name} is {given!r}, but stack {stack.stack_name} may register {own!r} only"
            )


def _stored_file(properties: Mapping[str, Any], name: str) -> StoredFile:
    return StoredFile(
        bucket=_required(properties, f"{name}Bucket", NOT_EMPTY),
        key=_required(properties, f"{name}Key", NOT_EMPTY),
    )


def _seconds(properties: Mapping[str, Any], name: str) -> int | None:
    text = _optional(properties, name, SECONDS)
    return None if text is None else int(text)


def _required(properties: Mapping[str, Any], name: str, form: re.Pattern[str]) -> str:
    value = _optional(properties, name, form)
    if value is None:
        raise RefusedError(f"property {name} is missing: deploy with mockenv's own template")
    return value


def _optional(properties: Mapping[str, Any], name: str, form: re.Pattern[str]) -> str | None:
    value = properties.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not form.fullmatch(value):
        raise RefusedError(f"property {name} is malformed: deploy with mockenv's own template")
    return value
