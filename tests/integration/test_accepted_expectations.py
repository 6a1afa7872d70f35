"""What mockenv accepts as expectations, the real MockServer 8 takes."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mockenv.settings.expectations import find_mistakes
from mockserver import put_expectations, running_mockserver

ACCEPTED = json.loads(
    (Path(__file__).parents[1] / "expectations/accepted.json").read_text(encoding="utf-8")
)
ACTIONS = {"httpResponse", "httpResponses", "httpResponseTemplate", "httpSseResponse", "httpError"}
# Only these answer several ways; the rest of an expectation goes with any.
OF_SEVERAL = {"responseMode", "responseWeights", "switchAfter"}
COMBINATIONS = 300


@pytest.fixture(scope="module")
def mockserver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_mockserver(tmp_path_factory.mktemp("mockserver"), {}) as url:
        yield url


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case["name"])
def test_each_form_by_itself(mockserver: str, case: dict[str, Any]) -> None:
    assert put_expectations(mockserver, [case["expectation"]]) == 201


def test_forms_combined(mockserver: str) -> None:
    choice = random.Random(8)  # noqa: S311 (the same ones each time)
    for _ in range(COMBINATIONS):
        combined = _combined(choice)
        assert find_mistakes(json.dumps([combined]), [combined]) == []
        assert put_expectations(mockserver, [combined]) == 201, combined


def _combined(choice: random.Random) -> dict[str, Any]:
    """Take the answer of one, and parts of the requests, answers and settings of others."""
    expectations = [case["expectation"] for case in ACCEPTED]
    answer = choice.choice(expectations)
    combined = {key: value for key, value in answer.items() if key in ACTIONS | OF_SEVERAL}
    others = choice.sample(expectations, 4)
    if "httpResponse" in combined:
        combined["httpResponse"] = _merged([one.get("httpResponse", {}) for one in others])
    combined["httpRequest"] = _merged([one["httpRequest"] for one in others if _is_plain(one)])
    for one in others:
        combined |= {
            k: v for k, v in one.items() if k not in {*ACTIONS, *OF_SEVERAL, "httpRequest"}
        }
    return combined


def _merged(parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {key: value for part in parts for key, value in part.items()}


def _is_plain(expectation: dict[str, Any]) -> bool:
    return not {"specUrlOrPayload", "if"} & set(expectation.get("httpRequest", {"if": None}))
