"""The provider's role as synthesized, held against the calls that the provider makes."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from aws_emulator import AwsEmulator, running_emulator
from iam_evaluator import statements_of
from registration_samples import ASSETS_BUCKET, request, stack, zipped
from synthesized import Synthesized
from ttl_cleanup.registration.provider import Provider
from ttl_cleanup.registry.record import changed
from ttl_cleanup.registry.table import RegistryTable

# Service authorization reference, S3 and DynamoDB: the actions that each call needs. All deletions
# name a version.
ACTIONS_BY_CALL = {
    "GetObject": {"s3:GetObject"},
    "PutObject": {"s3:PutObject"},
    "CopyObject": {"s3:GetObject", "s3:PutObject"},
    "ListObjectVersions": {"s3:ListBucketVersions"},
    "DeleteObjects": {"s3:DeleteObjectVersion"},
    "DescribeStacks": {"cloudformation:DescribeStacks"},
    "GetItem": {"dynamodb:GetItem"},
    "PutItem": {"dynamodb:PutItem"},
}
HANDLER = "ttl_cleanup.registration.handler.handler"
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


class Deploying:
    """CloudFormation with a stack that is updated, then deleted."""

    def __init__(self, calls: set[str]) -> None:
        self.calls = calls
        self.statuses = iter(["UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"])

    def describe_stacks(self, **_: str) -> dict[str, Any]:
        self.calls.add("DescribeStacks")
        return {"Stacks": [{"StackStatus": next(self.statuses)}]}


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
        cloudformation=Deploying(calls),
        registry=RegistryTable(watched(emulator.client("dynamodb"), calls.add), "registry"),
        now=lambda: 1_800_000_000,
        is_time_up=lambda: False,
        log=lambda *_, **__: None,
        log_name="log",
    )
    assert provider.answer(request("Create", stack())).succeeded
    provider.registry.change("pr-123", lambda r: changed(r, state="deleting") if r else None)
    for kind in ("Update", "Delete"):
        assert provider.answer(request(kind, stack())).succeeded
    needed = set().union(*(ACTIONS_BY_CALL[call] for call in calls))
    assert granted(synthesized) == needed | LOG_ACTIONS


def granted(synthesized: Synthesized) -> set[str]:
    actions: set[str] = set()
    for statement in statements_of(synthesized, "ttl-cleanup", HANDLER):
        stated = statement["Action"]
        actions |= {stated} if isinstance(stated, str) else set(stated)
    return actions
