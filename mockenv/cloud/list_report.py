"""How the list of environments is shown."""

import re
from collections.abc import Sequence
from typing import Any

from mockenv.cloud.balancer_load import balancer_notes
from mockenv.cloud.inventory import Listed
from mockenv.cloud.states import State, state
from mockenv.cloud.tables import table_text
from mockenv.cloud.times import countdown, iso, span

HEADERS = ("ENVIRONMENT", "STATE", "ENDS", "OWNER", "AGE", "URL")
STYLES: dict[str, str] = {
    State.ACTIVE: "green",
    State.EXPIRED: "yellow",
    State.NO_RECORD: "yellow",
    State.NO_STACK: "yellow",
    State.CREATE_FAILED: "red",
    State.DELETE_FAILED: "red",
    State.UNREADABLE: "red",
}
NOTES = {
    State.NO_RECORD: "the registry has no record of its stack: the reaper writes one within five "
    "minutes",
    State.NO_STACK: "its record has no stack: the reaper drops it when that is certain",
}
NOTHING = "-"


def in_order(listed: Sequence[Listed]) -> list[Listed]:
    """Sort by what ends first; those without end come last, pr-9 before pr-10."""

    def key(each: Listed) -> tuple[float, list[tuple[int, str]]]:
        lifetime = each.lifetime()
        ends_at = lifetime.ends_at if lifetime else None
        parts = re.findall(r"\d+|\D+", each.environment)
        natural = [(int(part), "") if part.isdigit() else (-1, part) for part in parts]
        return (float("inf") if ends_at is None else ends_at), natural

    return sorted(listed, key=key)


def as_data(listed: Sequence[Listed], now: int) -> list[dict[str, Any]]:
    """Return environments for programs; times in UTC."""
    return [_data(each, now) for each in listed]


def _data(each: Listed, now: int) -> dict[str, Any]:
    lifetime = each.lifetime()
    return {
        "environment": each.environment,
        "state": state(each, now),
        "stack_status": each.stack.status if each.stack else None,
        "stack_id": each.stack.stack_id if each.stack else None,
        "url": each.url,
        "ends_at": iso(lifetime.ends_at) if lifetime else None,
        "is_pinned": bool(each.record and each.record.is_pinned),
        "owner": each.owner,
        "created_at": iso(each.created_at),
        "load_balancer": each.load_balancer,
        "target_groups": each.target_groups,
        "version": each.record.version if each.record else None,
        "problem": each.problem,
    }


def as_text(listed: Sequence[Listed], now: int) -> str:
    """Return environments for people."""
    return table_text(HEADERS, [_row(each, now) for each in listed], STYLES)


def notes(listed: Sequence[Listed], now: int) -> list[str]:
    """Explain what is marked, and say what will soon be full."""
    marked = [
        f"{each.environment}: {each.problem or NOTES[state(each, now)]}"
        for each in listed
        if each.problem or state(each, now) in NOTES
    ]
    return marked + balancer_notes(listed)


def _row(each: Listed, now: int) -> list[str]:
    age = NOTHING if each.created_at is None else span(max(0, now - each.created_at))
    owner, url = each.owner or NOTHING, each.url or NOTHING
    return [each.environment, state(each, now), _ends(each, now), owner, age, url]


def _ends(each: Listed, now: int) -> str:
    lifetime = each.lifetime()
    if lifetime is None:
        return NOTHING
    if lifetime.ends_at is None:
        return "pinned" if lifetime.is_pinned else "never"
    return countdown(lifetime.ends_at, now)
