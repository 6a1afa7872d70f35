"""DynamoDB: one table, conditional writes, pages."""

import copy
import re
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from aws_simulator.actor import Gate

Item = dict[str, Any]
PAGE = 3  # for 1 MB (DynamoDB developer guide, "Scan"), so that few records make several pages


class ConditionalCheckFailedException(ClientError):  # type: ignore[misc]  # noqa: N818 (AWS's name)
    """A condition was not met; nothing was written."""


class Table:
    """The items by key, and what was ever written, in order."""

    def __init__(self, page: int = PAGE) -> None:
        self.items: dict[str, Item] = {}
        self.writes: list[Item] = []
        self.page = page

    def put(self, item: Item, condition: str | None, values: Item) -> None:
        """Write an item. The condition is judged against the item of its key, atomically
        (developer guide, "Condition expressions").
        """
        key = item["environment"]["S"]
        self._require(key, condition, values, "PutItem")
        self.items[key] = copy.deepcopy(item)
        self.writes.append(self.items[key])

    def delete(self, key: str, condition: str | None, values: Item) -> None:
        """Delete an item; one that is not there fails a condition that compares."""
        self._require(key, condition, values, "DeleteItem")
        self.items.pop(key, None)

    def scan(self, start: str | None) -> tuple[list[Item], str | None]:
        """Return a page after a key, and the key of its last item if there may be more."""
        keys = sorted(key for key in self.items if start is None or key > start)
        page = keys[: self.page]
        return [copy.deepcopy(self.items[key]) for key in page], (
            page[-1] if len(keys) > self.page else None
        )

    def _require(self, key: str, condition: str | None, values: Item, call: str) -> None:
        if condition is not None and not is_met(condition, self.items.get(key), values):
            error = {"Code": "ConditionalCheckFailedException", "Message": "not met"}
            raise ConditionalCheckFailedException({"Error": error}, call)


def is_met(condition: str, item: Item | None, values: Item) -> bool:
    """Judge the part of the expression language that is used: comparisons joined by AND."""
    return all(_is_true(term.strip(), item or {}, values) for term in condition.split(" AND "))


def _is_true(term: str, item: Item, values: Item) -> bool:
    if absent := re.fullmatch(r"attribute_not_exists\((\w+)\)", term):
        return absent[1] not in item
    if equal := re.fullmatch(r"(\w+) = (:\w+)", term):
        return bool(item.get(equal[1]) == values[equal[2]])
    raise NotImplementedError(term)


class DynamoDb:
    """The client."""

    exceptions = SimpleNamespace(ConditionalCheckFailedException=ConditionalCheckFailedException)

    def __init__(self, table: Table, gate: Gate) -> None:
        self._table = table
        self._gate = gate

    def get_item(self, *, Key: Item, ConsistentRead: bool, **_: Any) -> Item:  # noqa: N803
        assert ConsistentRead, "reads that are not consistent may be old"

        def effect() -> Item:
            item = self._table.items.get(Key["environment"]["S"])
            return {"Item": copy.deepcopy(item)} if item else {}

        return self._gate("GetItem", effect)

    def put_item(self, *, Item: Item, **given: Any) -> None:  # noqa: N803
        condition = given.get("ConditionExpression")
        values = given.get("ExpressionAttributeValues", {})
        self._gate("PutItem", lambda: self._table.put(Item, condition, values))

    def delete_item(self, *, Key: Item, **given: Any) -> None:  # noqa: N803
        condition = given.get("ConditionExpression")
        values = given.get("ExpressionAttributeValues", {})
        self._gate(
            "DeleteItem", lambda: self._table.delete(Key["environment"]["S"], condition, values)
        )

    def scan(self, *, ConsistentRead: bool, **given: Any) -> Item:  # noqa: N803
        assert ConsistentRead, "scans that are not consistent may be old"
        start = given.get("ExclusiveStartKey")

        def effect() -> Item:
            items, last = self._table.scan(start["environment"]["S"] if start else None)
            more = {"LastEvaluatedKey": {"environment": {"S": last}}} if last else {}
            return {"Items": items} | more

        return self._gate("Scan", effect)
