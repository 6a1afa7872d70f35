"""The provider's role as synthesized, held against the calls that the provider makes."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from aws_emulator import AwsEmulator, running_emulator
from registration_samples import ASSETS_BUCKET, request, stack, zipped
from synthesized import Synthesized
from ttl_cleanup.registration.provider import Provider
from ttl_cleanup.registry.table import RegistryTable

# Service authorization reference, S3 and DynamoDB: the actions that each call needs. All deletions
# name a version.
ACTIONS_BY_CALL = {
    "GetObject": {"s3:GetObject"},
    "PutObject": {"s3:PutObject"},
    "CopyObject": {"s3:GetObject", "s3:PutObject"},
    "ListObjectVersions": {"s3:ListBucketVersions"},
    "DeleteObjects": {"s3:DeleteObjectVersion"},
    "GetItem": {"dynamodb:GetItem"},
    "PutItem": {"dynamodb:PutItem"},
}
LOG_ACTIONS = {"logs:CreateLogStream", "logs:PutLogEvents"}


@pytest.fixture
def emulator() -> Iterator[AwsEmulator]:
    with running_emulator() as emulator:
        s3 = emulator.client("s3")
        emulator.bucket(ASSETS_BUCKET)
        s3.put_object(Bucket=ASSETS_BUCKET, Key="sources.zip", Body=zipped())
        s3.put_object(Bucket=ASSETS_BUCKET, Key="mock_host.mjs", Body=b"export {};")
        emulator.bucket(stack().bucket, versioned=True)
        emulator.registry("registry")
        yield emulator


def watched(client: Any, seen: Callable[[str], None]) -> Any:
    client.meta.events.register("before-call", lambda model, **_: seen(model.name))
    return client


def test_the_role_allows_what_the_provider_calls_and_nothing_else(
    synthesized: Synthesized, emulator: AwsEmulator
) -> None:
    calls: set[str] = set()
    provider = Provider(
        project="payments",
        s3=watched(emulator.client("s3"), calls.add),
        cloudformation=None,  # asked only about a deletion that a deploy takes back
        registry=RegistryTable(watched(emulator.client("dynamodb"), calls.add), "registry"),
        now=lambda: 1_800_000_000,
        is_time_up=lambda: False,
        log=lambda *_, **__: None,
        log_name="log",
    )
    for kind in ("Create", "Update", "Delete"):
        assert provider.answer(request(kind, stack())).succeeded
    needed = set().union(*(ACTIONS_BY_CALL[call] for call in calls))
    assert granted(synthesized) == needed | LOG_ACTIONS


def granted(synthesized: Synthesized) -> set[str]:
    actions: set[str] = set()
    for statement in synthesized.statements("ttl-cleanup"):
        stated = statement["Action"]
        actions |= {stated} if isinstance(stated, str) else set(stated)
    return actions
