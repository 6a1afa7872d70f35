"""The registry in DynamoDB: every write is conditional on the generation that was read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer  # type: ignore[import-untyped]

from ttl_cleanup.failure import RefusedError
from ttl_cleanup.registry.record import Record, UnreadableRecordError, from_item, to_item

MOST_ATTEMPTS = 5
STILL_ABSENT = "attribute_not_exists(environment)"
Step = Callable[[Record | None], Record | None]


@dataclass(frozen=True)
class UnreadableItem:
    """A record that can't be read, by the environment that it stands for, and why."""

    environment: str
    reason: str


@dataclass(frozen=True)
class RegistryTable:
    """Records by environment; `client` is a boto3 DynamoDB client."""

    client: Any
    table_name: str

    def change(self, environment: str, step: Step) -> Record | None:
        """Replace a record by what `step` makes of it, and return that; leave it if that is None.

        Reads again when somebody else wrote meanwhile. Raises RefusedError if that goes on, and
        UnreadableRecordError.
        """
        for _ in range(MOST_ATTEMPTS):
            old = self.read(environment)
            new = step(old)
            if new is None or new == old or self._replaced(old, new):
                return new
        raise RefusedError(f"the record of environment {environment} keeps changing: try again")

    def read(self, environment: str) -> Record | None:
        """Return an environment's record as it is now, or None; raises UnreadableRecordError."""
        answer = self.client.get_item(
            TableName=self.table_name, Key={"environment": {"S": environment}}, ConsistentRead=True
        )
        try:
            return from_item(_plain(answer["Item"])) if "Item" in answer else None
        except UnreadableRecordError as error:
            raise UnreadableRecordError(
                f"the record of environment {environment} can't be read ({error}): delete that "
                f"item of table {self.table_name}, it is made anew"
            ) from error

    def all(self) -> Iterator[Record | UnreadableItem]:
        """Yield every record, in pages of up to 1 MB."""
        start: dict[str, Any] = {}
        while True:
            page = self.client.scan(TableName=self.table_name, ConsistentRead=True, **start)
            yield from (_readable(_plain(item)) for item in page["Items"])
            if "LastEvaluatedKey" not in page:
                return
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def drop(self, record: Record) -> bool:
        """Delete a record if nobody changed it meanwhile; return whether it is gone."""
        try:
            self.client.delete_item(
                TableName=self.table_name,
                Key={"environment": {"S": record.environment}},
                **_unchanged(record),
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _replaced(self, old: Record | None, new: Record) -> bool:
        condition = _unchanged(old) if old else {"ConditionExpression": STILL_ABSENT}
        item = _typed(to_item(new))
        try:
            self.client.put_item(TableName=self.table_name, Item=item, **condition)
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def _unchanged(record: Record) -> dict[str, Any]:
    """Admit a write only to the very generation; the stack id tells a successor's records apart."""
    return {
        "ConditionExpression": "generation = :generation AND stack_id = :stack_id",
        "ExpressionAttributeValues": {
            ":generation": {"N": str(record.generation)},
            ":stack_id": {"S": record.stack_id},
        },
    }


def _readable(item: dict[str, Any]) -> Record | UnreadableItem:
    try:
        return from_item(item)
    except UnreadableRecordError as error:
        return UnreadableItem(str(item["environment"]), str(error))


def _typed(item: dict[str, Any]) -> dict[str, Any]:
    serializer = TypeSerializer()
    return {name: serializer.serialize(value) for name, value in item.items()}


def _plain(item: dict[str, Any]) -> dict[str, Any]:
    deserializer = TypeDeserializer()
    values = {name: deserializer.deserialize(value) for name, value in item.items()}
    return {name: _number(value) for name, value in values.items()}


def _number(value: Any) -> Any:
    is_whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return int(value) if is_whole else value
