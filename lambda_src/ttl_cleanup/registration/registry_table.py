"""The registry in DynamoDB: every write is conditional on the generation that was read."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer  # type: ignore[import-untyped]

from ttl_cleanup.registration.failure import RegistrationError
from ttl_cleanup.registration.record import Record

MOST_ATTEMPTS = 5
STILL_ABSENT = "attribute_not_exists(environment)"


@dataclass(frozen=True)
class RegistryTable:
    """Records by environment; `client` is a boto3 DynamoDB client."""

    client: Any
    table_name: str

    def change(self, environment: str, step: Callable[[Record | None], Record | None]) -> None:
        """Replace a record by what `step` makes of it; leave it if that is None.

        Reads again when somebody else wrote meanwhile; raises RegistrationError if that goes on.
        """
        for _ in range(MOST_ATTEMPTS):
            old = self.read(environment)
            new = step(old)
            if new is None or self._replaced(old, new):
                return
        raise RegistrationError(
            f"the record of environment {environment} keeps changing: deploy again"
        )

    def read(self, environment: str) -> Record | None:
        """Return an environment's record as it is now, or None."""
        answer = self.client.get_item(
            TableName=self.table_name, Key={"environment": {"S": environment}}, ConsistentRead=True
        )
        return _plain(answer["Item"]) if "Item" in answer else None

    def _replaced(self, old: Record | None, new: Record) -> bool:
        condition: dict[str, Any] = {"ConditionExpression": STILL_ABSENT}
        if old is not None:
            condition = {
                "ConditionExpression": "generation = :generation",
                "ExpressionAttributeValues": {":generation": {"N": str(old["generation"])}},
            }
        try:
            self.client.put_item(TableName=self.table_name, Item=_typed(new), **condition)
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def _typed(record: Record) -> dict[str, Any]:
    serializer = TypeSerializer()
    return {name: serializer.serialize(value) for name, value in record.items()}


def _plain(item: dict[str, Any]) -> Record:
    deserializer = TypeDeserializer()
    values = {name: deserializer.deserialize(value) for name, value in item.items()}
    return {name: _number(value) for name, value in values.items()}


def _number(value: Any) -> Any:
    is_whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return int(value) if is_whole else value
