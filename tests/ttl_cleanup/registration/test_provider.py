"""The provider against S3 and DynamoDB as moto plays them, over real HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from aws_emulator import AwsEmulator, running_emulator
from registration_samples import (
    ASSETS_BUCKET,
    MOCK_HOST_SHA256,
    NEXT_UUID,
    VERSION,
    request,
    stack,
    zipped,
)
from ttl_cleanup.environment_stack import EnvironmentStack
from ttl_cleanup.registration.provider import Provider
from ttl_cleanup.registry.record import Record, changed
from ttl_cleanup.registry.table import RegistryTable

NOW = 1_800_000_000
OTHER_VERSION = "f" * 16
numbers = count(1)


@pytest.fixture(scope="module")
def emulator() -> Iterator[AwsEmulator]:
    with running_emulator() as emulator:
        s3 = emulator.client("s3")
        emulator.bucket(ASSETS_BUCKET)
        s3.put_object(Bucket=ASSETS_BUCKET, Key="sources.zip", Body=zipped())
        s3.put_object(Bucket=ASSETS_BUCKET, Key="mock_host.mjs", Body=b"export {};")
        emulator.registry("registry")
        yield emulator


@dataclass
class FakeStacks:
    """CloudFormation with one stack in a state; None if it knows none."""

    status: str | None = None

    def describe_stacks(self, **_: str) -> dict[str, Any]:
        if self.status is None:
            error = {"Code": "ValidationError", "Message": "Stack with id … does not exist"}
            raise ClientError({"Error": error}, "DescribeStacks")
        return {"Stacks": [{"StackStatus": self.status}]}


@dataclass
class Bench:
    """A provider, and an environment of its own for each test."""

    emulator: AwsEmulator
    provider: Provider
    own: EnvironmentStack
    log: list[dict[str, Any]]
    stacks: "FakeStacks"

    @property
    def s3(self) -> Any:
        return self.provider.s3

    def objects(self) -> dict[str, bytes]:
        found = self.s3.list_objects_v2(Bucket=self.own.bucket).get("Contents", [])
        return {each["Key"]: self.read(each["Key"]) for each in found}

    def read(self, key: str) -> bytes:
        content: bytes = self.s3.get_object(Bucket=self.own.bucket, Key=key)["Body"].read()
        return content

    def record(self) -> Record:
        record = self.provider.registry.read(self.own.environment)
        assert record is not None
        return record

    def versions(self) -> int:
        page = self.s3.list_object_versions(Bucket=self.own.bucket)
        return len(page.get("Versions", [])) + len(page.get("DeleteMarkers", []))

    def ask(self, kind: str, **changes: str | None) -> tuple[bool, str]:
        self.stacks.status = f"{kind.upper()}_IN_PROGRESS"
        return self.ask_again(kind, **changes)

    def ask_again(self, kind: str, **changes: str | None) -> tuple[bool, str]:
        """Ask while the stack is in the state that it is in."""
        answer = self.provider.answer(request(kind, self.own, **changes))
        return answer.succeeded, answer.reason


@pytest.fixture
def bench(emulator: AwsEmulator) -> Bench:
    own = stack(f"pr-{next(numbers)}")
    emulator.bucket(own.bucket, versioned=True)
    log: list[dict[str, Any]] = []
    stacks = FakeStacks()
    provider = Provider(
        project="payments",
        s3=emulator.client("s3"),
        cloudformation=stacks,
        registry=RegistryTable(emulator.client("dynamodb"), "registry"),
        now=lambda: NOW,
        is_time_up=lambda: False,
        log=lambda event, **fields: log.append({"event": event, **fields}),
        log_name="/mockenv/payments/registration",
    )
    return Bench(emulator, provider, own, log, stacks)


def test_a_create_fills_the_bucket_and_writes_the_record(bench: Bench) -> None:
    assert bench.ask("Create") == (
        True,
        f"environment {bench.own.environment} serves version {VERSION}",
    )
    assert bench.objects() == {
        f"versions/{VERSION}/environment.json": b"{}",
        f"versions/{VERSION}/mocks/core/core.yaml": b"openapi: 3.1.0",
        f"mock_host/{MOCK_HOST_SHA256}/mock_host.mjs": b"export {};",
        "current/version": VERSION.encode(),
    }
    record = bench.record()
    assert (record.state, record.generation) == ("active", 1)
    assert record.expires_at == NOW + 28_800


def test_a_create_that_comes_twice_does_no_harm(bench: Bench) -> None:
    bench.ask("Create")
    before = bench.objects()
    assert bench.ask("Create")[0] is True
    assert bench.objects() == before
    assert bench.record().expires_at == NOW + 28_800


def test_an_update_points_to_the_new_version_and_keeps_the_old_one(bench: Bench) -> None:
    bench.ask("Create")
    assert bench.ask("Update", Version=OTHER_VERSION)[0] is True
    objects = bench.objects()
    assert objects["current/version"] == OTHER_VERSION.encode()
    assert f"versions/{VERSION}/environment.json" in objects
    assert bench.record().version == OTHER_VERSION


def test_an_update_does_not_shorten_an_extension(bench: Bench) -> None:
    bench.ask("Create")
    extended = changed(bench.record(), expires_at=NOW + 90_000)
    bench.provider.registry.change(bench.own.environment, lambda _: extended)
    assert bench.ask("Update")[0] is True
    assert bench.record().expires_at == NOW + 90_000
    assert bench.record().generation == 3


def test_the_pointer_comes_last(bench: Bench) -> None:
    """A version must never be current before it is whole."""
    failed, reason = bench.ask("Create", MockHostKey="missing.mjs")
    assert (failed, reason) == (
        False,
        "CopyObject gave NoSuchKey: see log group /mockenv/payments/registration",
    )
    assert "current/version" not in bench.objects()


def test_sources_that_are_refused_change_nothing_in_the_bucket(bench: Bench) -> None:
    hostile = zipped({"environment.json": b"{}", "../current/version": b"0"})
    bench.s3.put_object(Bucket=ASSETS_BUCKET, Key="hostile.zip", Body=hostile)
    succeeded, reason = bench.ask("Create", SourcesKey="hostile.zip")
    assert succeeded is False
    assert "can't be a source's name" in reason
    assert bench.objects() == {}


@pytest.mark.parametrize("status", ["DELETE_IN_PROGRESS", "DELETE_COMPLETE", None])
def test_a_repetition_during_deletion_fails_and_writes_nothing(
    bench: Bench, status: str | None
) -> None:
    bench.ask("Create")
    bench.ask("Delete")
    bench.stacks.status = status
    succeeded, reason = bench.ask_again("Update", Version=OTHER_VERSION)
    assert succeeded is False
    assert "is being deleted: wait until its stack is gone" in reason
    assert bench.versions() == 0


def test_a_deploy_takes_back_a_deletion_that_has_not_begun(bench: Bench) -> None:
    bench.ask("Create")
    fenced = changed(bench.record(), state="deleting", deletion_began_at=NOW)
    bench.provider.registry.change(bench.own.environment, lambda _: fenced)
    assert bench.ask("Update", Version=OTHER_VERSION)[0] is True
    assert (bench.record().state, bench.record().generation) == ("active", 3)
    taken_back = {"event": "deletion_taken_back", "environment": bench.own.environment}
    assert taken_back in bench.log


def test_a_delete_empties_the_bucket_and_fences_the_record(bench: Bench) -> None:
    bench.ask("Create")
    assert bench.ask("Delete") == (True, f"bucket {bench.own.bucket} is empty")
    assert bench.versions() == 0
    assert bench.record().state == "deleting"
    bench.s3.delete_bucket(Bucket=bench.own.bucket)


@pytest.mark.parametrize("status", ["UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE"])
def test_a_delete_of_a_stack_that_lives_on_empties_nothing(bench: Bench, status: str) -> None:
    """An update under another logical id ends with a Delete of the former."""
    bench.ask("Create")
    bench.stacks.status = status
    succeeded, reason = bench.ask_again("Delete")
    assert (succeeded, bench.record().state) == (True, "active")
    assert "lives on, so nothing is emptied" in reason
    assert bench.objects()["current/version"] == VERSION.encode()


def test_a_delete_takes_more_than_a_page_of_versions_and_markers(bench: Bench) -> None:
    keys = [f"key-{number}" for number in range(40)]
    for key in keys:
        bench.s3.put_object(Bucket=bench.own.bucket, Key=key, Body=b"1")
    markers = {"Objects": [{"Key": key} for key in keys * 25]}
    bench.s3.delete_objects(Bucket=bench.own.bucket, Delete=markers)
    assert bench.s3.list_object_versions(Bucket=bench.own.bucket)["IsTruncated"] is True
    assert bench.ask("Delete")[0] is True
    assert bench.versions() == 0
    emptied = {"event": "emptied", "environment": bench.own.environment, "objects": 1_040}
    assert emptied in bench.log


def test_a_delete_that_comes_twice_does_no_harm(bench: Bench) -> None:
    bench.ask("Create")
    bench.ask("Delete")
    generation = bench.record().generation
    assert bench.ask("Delete")[0] is True
    assert bench.record().generation == generation


def test_a_delete_bears_that_the_bucket_is_gone(bench: Bench) -> None:
    bench.ask("Create")
    bench.ask("Delete")
    bench.s3.delete_bucket(Bucket=bench.own.bucket)
    assert bench.ask("Delete")[0] is True


def test_a_delete_bears_a_create_that_failed_before_it_wrote(bench: Bench) -> None:
    assert bench.ask("Create", Version="none")[0] is False
    assert bench.ask("Delete", Version="none")[0] is True
    assert bench.provider.registry.read(bench.own.environment) is None


def test_a_delete_of_an_old_stack_spares_its_successor(bench: Bench) -> None:
    bench.ask("Create")
    old = bench.own
    bench.own = stack(old.environment, NEXT_UUID)
    bench.emulator.bucket(bench.own.bucket, versioned=True)
    assert bench.ask("Create")[0] is True
    assert bench.provider.answer(request("Delete", old)).succeeded is True
    assert (bench.record().stack_id, bench.record().state) == (bench.own.stack_id, "active")
    assert bench.objects()["current/version"] == VERSION.encode()


def test_a_late_repetition_by_a_stack_that_is_gone_spares_its_successor(bench: Bench) -> None:
    bench.ask("Create")
    old = bench.own
    bench.ask("Delete")
    bench.s3.delete_bucket(Bucket=old.bucket)
    bench.own = stack(old.environment, NEXT_UUID)
    bench.emulator.bucket(bench.own.bucket, versioned=True)
    bench.ask("Create")
    late = bench.provider.answer(request("Create", old))
    assert late.succeeded is False
    assert f"bucket {old.bucket} does not exist" in late.reason
    assert bench.record().stack_id == bench.own.stack_id


def test_an_environment_can_come_again_after_it_was_deleted(bench: Bench) -> None:
    bench.ask("Create")
    bench.ask("Delete")
    bench.own = stack(bench.own.environment, NEXT_UUID)
    bench.emulator.bucket(bench.own.bucket, versioned=True)
    assert bench.ask("Create")[0] is True
    assert bench.record().state == "active"


def test_a_delete_touches_no_bucket_that_a_property_names(bench: Bench) -> None:
    bench.ask("Create")
    foreign = request("Delete", stack("pr-999"))
    foreign["ResourceProperties"]["ConfigBucket"] = bench.own.bucket
    assert bench.provider.answer(foreign).succeeded is True
    assert "current/version" in bench.objects()


def test_a_stack_that_is_no_environment_can_neither_register_nor_delete(bench: Bench) -> None:
    bench.ask("Create")
    foreign = replace(bench.own, stack_id=bench.own.stack_id.replace("payments", "billing"))
    created = bench.provider.answer(request("Create", foreign))
    deleted = bench.provider.answer(request("Delete", foreign))
    assert (created.succeeded, deleted.succeeded) == (False, True)
    assert "only stacks named mockenv-payments-env-" in created.reason
    assert "current/version" in bench.objects()


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"RequestType": "Create"},
        {"RequestType": "Create", "StackId": stack().stack_id},
        {"RequestType": "Create", "StackId": stack().stack_id, "ResourceProperties": "text"},
        {"RequestType": "Update", "StackId": 7, "ResourceProperties": None},
        {"RequestType": "Explode", "StackId": stack().stack_id},
    ],
)
def test_garbage_is_answered_with_a_reason(bench: Bench, event: dict[str, Any]) -> None:
    answer = bench.provider.answer(event)
    assert answer.succeeded is False
    assert answer.reason


def test_a_registry_that_is_not_there_is_named(bench: Bench) -> None:
    client = bench.emulator.client("dynamodb")
    provider = replace(bench.provider, registry=RegistryTable(client, "missing"))
    answer = provider.answer(request("Create", bench.own))
    assert (answer.succeeded, answer.reason) == (
        False,
        "GetItem gave ResourceNotFoundException: see log group /mockenv/payments/registration",
    )


def test_a_record_that_can_not_be_read_stops_a_deploy_but_no_deletion(bench: Bench) -> None:
    bench.ask("Create")
    client, table = bench.provider.registry.client, bench.provider.registry.table_name
    broken = {"environment": {"S": bench.own.environment}, "generation": {"S": "x"}}
    client.put_item(TableName=table, Item=broken)
    succeeded, reason = bench.ask("Update")
    assert succeeded is False
    assert f"the record of environment {bench.own.environment} can't be read" in reason
    assert "delete that item of table registry" in reason
    assert bench.ask("Delete")[0] is True
    assert bench.versions() == 0


def test_aws_out_of_reach_is_answered(bench: Bench) -> None:
    nobody = AwsEmulator("http://127.0.0.1:9").client("s3")
    answer = replace(bench.provider, s3=nobody).answer(request("Delete", bench.own))
    assert answer.succeeded is False
    assert "AWS was not reached (EndpointConnectionError)" in answer.reason


def test_a_mistake_of_our_own_is_answered_without_its_details(bench: Bench) -> None:
    def broken_clock() -> int:
        raise ZeroDivisionError("secret")

    answer = replace(bench.provider, now=broken_clock).answer(request("Create", bench.own))
    assert (answer.succeeded, answer.reason) == (
        False,
        "ZeroDivisionError: see log group /mockenv/payments/registration",
    )
    assert {"event": "unexpected", "error": "ZeroDivisionError('secret')"} in bench.log
