"""The simulator held against moto, over the same calls, where moto does as AWS does."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from aws_emulator import AwsEmulator, running_emulator
from aws_simulator import programs
from aws_simulator.actor import open_gate
from aws_simulator.cloudformation import CloudFormation
from aws_simulator.dynamodb import DynamoDb
from aws_simulator.s3 import S3
from aws_simulator.world import World

TABLE = "registry"
BUCKET = "mockenv-payments-pr-1-00000001-0000"
EMPTY_TEMPLATE = json.dumps({"Resources": {"T": {"Type": "AWS::SNS::Topic"}}})


@dataclass(frozen=True)
class Aws:
    """The clients of one of both, and a stack that was created."""

    dynamodb: Any
    s3: Any
    cloudformation: Any
    stack_id: str


def simulated() -> Aws:
    world: World = programs.new_world()
    stack = world.create("pr-1", "30m")
    world.settle(200)
    world.table.items.clear()
    world.storage.buckets[BUCKET] = world.new_bucket()
    cloudformation = CloudFormation(world, open_gate, "user")
    return Aws(
        DynamoDb(world.table, open_gate),
        S3(world.storage, open_gate),
        Settling(world, cloudformation),
        stack.stack_id,
    )


class Settling:
    """Lets a deletion end at once, as moto does."""

    def __init__(self, world: World, cloudformation: CloudFormation) -> None:
        self._world = world
        self._cloudformation = cloudformation

    def delete_stack(self, **given: Any) -> None:
        self._cloudformation.delete_stack(**given)
        self._world.settle(300)

    def describe_stacks(self, **given: Any) -> dict[str, Any]:
        return self._cloudformation.describe_stacks(**given)


def emulated(emulator: AwsEmulator) -> Aws:
    emulator.registry(TABLE)
    emulator.bucket(BUCKET, versioned=True)
    cloudformation = emulator.client("cloudformation")
    name = "mockenv-payments-env-pr-1"
    created = cloudformation.create_stack(StackName=name, TemplateBody=EMPTY_TEMPLATE)
    return Aws(
        emulator.client("dynamodb"), emulator.client("s3"), cloudformation, created["StackId"]
    )


@pytest.fixture(scope="module")
def emulator() -> Iterator[AwsEmulator]:
    with running_emulator() as emulator:
        yield emulator


@pytest.fixture(params=["simulator", "moto"])
def aws(request: pytest.FixtureRequest, emulator: AwsEmulator) -> Aws:
    if request.param == "simulator":
        return simulated()
    emulator.forget()
    return emulated(emulator)


def item(generation: int) -> dict[str, Any]:
    return {"environment": {"S": "pr-1"}, "generation": {"N": str(generation)}, "a": {"BOOL": True}}


def put(aws: Aws, generation: int, condition: str = "", **values: Any) -> bool:
    given: dict[str, Any] = {"ConditionExpression": condition} if condition else {}
    given |= {"ExpressionAttributeValues": values["values"]} if values else {}
    try:
        aws.dynamodb.put_item(TableName=TABLE, Item=item(generation), **given)
    except aws.dynamodb.exceptions.ConditionalCheckFailedException:
        return False
    return True


def code(error: pytest.ExceptionInfo[ClientError]) -> str:
    return str(error.value.response["Error"]["Code"])


def test_a_first_item_is_written_once(aws: Aws) -> None:
    assert put(aws, 1, "attribute_not_exists(environment)") is True
    assert put(aws, 2, "attribute_not_exists(environment)") is False
    key = {"environment": {"S": "pr-1"}}
    assert aws.dynamodb.get_item(TableName=TABLE, Key=key, ConsistentRead=True)["Item"] == item(1)


@pytest.mark.parametrize(
    ("stored", "condition", "values", "is_met"),
    [
        (1, "generation = :g", {":g": {"N": "1"}}, True),
        (1, "generation = :g", {":g": {"N": "2"}}, False),
        (None, "generation = :g", {":g": {"N": "1"}}, False),
        (1, "generation = :g", {":g": {"S": "1"}}, False),
        (1, "generation = :g AND a = :a", {":g": {"N": "1"}, ":a": {"BOOL": True}}, True),
        (1, "generation = :g AND a = :a", {":g": {"N": "1"}, ":a": {"BOOL": False}}, False),
        (1, "generation = :g AND b = :b", {":g": {"N": "1"}, ":b": {"S": ""}}, False),
    ],
)
def test_conditions_are_judged_alike(
    aws: Aws, stored: int | None, condition: str, values: Any, is_met: bool
) -> None:
    if stored is not None:
        put(aws, stored)
    assert put(aws, 9, condition, values=values) is is_met


def test_what_is_not_there_can_be_deleted_but_not_on_a_condition(aws: Aws) -> None:
    key = {"environment": {"S": "pr-9"}}
    aws.dynamodb.delete_item(TableName=TABLE, Key=key)
    with pytest.raises(aws.dynamodb.exceptions.ConditionalCheckFailedException):
        aws.dynamodb.delete_item(
            TableName=TABLE,
            Key=key,
            ConditionExpression="generation = :g",
            ExpressionAttributeValues={":g": {"N": "1"}},
        )


def test_a_scan_returns_what_was_written(aws: Aws) -> None:
    put(aws, 1)
    page = aws.dynamodb.scan(TableName=TABLE, ConsistentRead=True)
    assert page["Items"] == [item(1)]
    assert "LastEvaluatedKey" not in page


def test_every_write_is_a_version_and_each_is_deleted_by_itself(aws: Aws) -> None:
    for _ in range(2):
        aws.s3.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    versions = aws.s3.list_object_versions(Bucket=BUCKET)["Versions"]
    assert [version["Key"] for version in versions] == ["key", "key"]
    first = {"Key": "key", "VersionId": versions[0]["VersionId"]}
    for _ in range(2):  # what is gone is deleted without complaint
        given = {"Objects": [first], "Quiet": True}
        answer = aws.s3.delete_objects(Bucket=BUCKET, Delete=given)
        assert "Errors" not in answer
    assert len(aws.s3.list_object_versions(Bucket=BUCKET)["Versions"]) == 1


def test_an_empty_bucket_lists_nothing_and_a_missing_one_is_named(aws: Aws) -> None:
    assert "Versions" not in aws.s3.list_object_versions(Bucket=BUCKET)
    with pytest.raises(ClientError) as error:
        aws.s3.list_object_versions(Bucket="missing")
    assert code(error) == "NoSuchBucket"


def test_a_stack_is_found_by_name_and_id(aws: Aws) -> None:
    for name_or_id in ("mockenv-payments-env-pr-1", aws.stack_id):
        (stack,) = aws.cloudformation.describe_stacks(StackName=name_or_id)["Stacks"]
        assert (stack["StackId"], stack["StackStatus"]) == (aws.stack_id, "CREATE_COMPLETE")
        assert "LastUpdatedTime" not in stack


def test_a_stack_that_never_was_is_a_validation_error(aws: Aws) -> None:
    with pytest.raises(ClientError) as error:
        aws.cloudformation.describe_stacks(StackName="missing")
    assert code(error) == "ValidationError"


def test_a_deleted_stack_is_not_listed_nor_named_but_found_by_id(aws: Aws) -> None:
    for _ in range(2):  # the second time without complaint
        aws.cloudformation.delete_stack(StackName=aws.stack_id)
    assert aws.cloudformation.describe_stacks()["Stacks"] == []
    (stack,) = aws.cloudformation.describe_stacks(StackName=aws.stack_id)["Stacks"]
    assert stack["StackStatus"] == "DELETE_COMPLETE"
    with pytest.raises(ClientError) as error:
        aws.cloudformation.describe_stacks(StackName="mockenv-payments-env-pr-1")
    assert code(error) == "ValidationError"
