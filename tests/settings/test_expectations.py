"""Mistakes in MockServer expectations: those that the mock host finds too, by the same lists."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from mockenv.names import MOST_EXPECTATIONS_AT_ONCE
from mockenv.settings.expectations import SCHEMA, find_mistakes
from mockenv.settings.json_lines import line_of

LISTS = Path(__file__).parents[1] / "expectations"
ACCEPTED = json.loads((LISTS / "accepted.json").read_text(encoding="utf-8"))
REFUSED = json.loads((LISTS / "refused.json").read_text(encoding="utf-8"))


def mistakes(data: Any) -> list[dict[str, str]]:
    found = find_mistakes(json.dumps(data), data)
    return [{"key": one.key, "wrong": one.wrong, "right": one.right} for one in found]


def in_order(found: list[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(found, key=lambda one: (one["key"], one["wrong"]))


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case["name"])
def test_what_mockserver_documents_is_accepted(case: dict[str, Any]) -> None:
    assert mistakes([case["expectation"]]) == []


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["name"])
def test_what_is_wrong_is_named_with_its_key(case: dict[str, Any]) -> None:
    assert in_order(mistakes(case["expectations"])) == in_order(case["mistakes"])


def test_mistakes_come_with_their_lines_in_their_order() -> None:
    text = '[\n  {"httpResponse": {}},\n  {\n    "httpRequest": {\n      "pth": "/"\n    }\n  }\n]'
    found = find_mistakes(text, json.loads(text))
    assert [(one.line, one.key) for one in found] == [(3, "[1]"), (5, "[1].httpRequest.pth")]


def test_five_thousand_are_the_most() -> None:
    expectations: list[Any] = [{"httpResponse": {}}] * 5_001
    assert mistakes(expectations)[0]["right"] == "at most 5000 of them"


def test_mockserver_has_room_for_two_files_while_one_takes_the_place_of_the_other() -> None:
    most = json.loads(SCHEMA.read_text(encoding="utf-8"))["maxItems"]
    assert 2 * (most + 1) <= MOST_EXPECTATIONS_AT_ONCE


def test_every_refusal_says_what_to_do_instead() -> None:
    schema = SCHEMA.read_text(encoding="utf-8")
    assert len(re.findall(r'"not": {},', schema)) == len(
        re.findall(r'"not": {},\s+"description"', schema)
    )


@pytest.mark.parametrize(
    ("path", "line"),
    [((), 1), ((0,), 2), ((0, "a"), 3), ((0, "b", 1), 5), ((0, "c"), 2), ((7,), 1), ((1,), 7)],
)
def test_the_line_of_a_value_or_of_what_holds_it(path: tuple[str | int, ...], line: int) -> None:
    text = '[\n  {\n    "a": "] } ,",\n    "b": [ 1,\n      2]\n  }\n  , 3\n]\n'
    assert line_of(text, path) == line
