"""The shapes that settings are made of; `where` names the place in messages."""

from collections.abc import Callable
from typing import TypeVar

from token_validator.strict_json import JsonObject

Item = TypeVar("Item")


class SettingsError(Exception):
    """TOKEN_SETTINGS can't be used; the message says where and why."""


def expect_members(
    members: JsonObject, where: str, *, required: set[str], optional: frozenset[str] = frozenset()
) -> None:
    """Raises SettingsError unless `members` has the `required` names, and no unknown ones."""
    if missing := required - members.keys():
        raise SettingsError(f"{where}: {', '.join(sorted(missing))} missing")
    if unknown := members.keys() - required - optional:
        raise SettingsError(f"{where}: {', '.join(sorted(unknown))} not known")


def read_list(value: object, where: str, item: Callable[[object, str], Item]) -> list[Item]:
    """The entries of a list that is not empty, each read by `item`."""
    if not isinstance(value, list) or not value:
        raise SettingsError(f"{where}: not a list with at least one entry")
    return [item(entry, f"{where}[{index}]") for index, entry in enumerate(value)]


def read_text(value: object, where: str) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value:
        raise SettingsError(f"{where}: not a text")
    return value


def read_one_of(value: object, where: str, allowed: tuple[str, ...]) -> str:
    """One of the `allowed` texts."""
    if not isinstance(value, str) or value not in allowed:
        raise SettingsError(f"{where}: not one of {', '.join(allowed)}")
    return value


def read_texts_by_name(value: object, where: str) -> dict[str, frozenset[str]]:
    """An object whose every member is a list of texts."""
    if not isinstance(value, dict):
        raise SettingsError(f"{where}: not an object")
    return {
        name: frozenset(read_list(texts, f"{where}.{name}", read_text))
        for name, texts in value.items()
    }
