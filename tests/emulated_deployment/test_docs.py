"""The page says what the last run found, and leaves out no type of our templates."""

import json
from pathlib import Path
from typing import Any

import pytest

from emulated_deployment.page import page
from emulated_deployment.record import DEPLOYED, REFUSED
from synthesized import Synthesized

AGAIN = "run make emulated-deploy and commit docs/emulated-deployment.*"


@pytest.fixture(scope="module")
def found(root: Path) -> dict[str, Any]:
    file = root / "docs" / "emulated-deployment.json"
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return read


def test_the_page_is_written_from_the_record(root: Path, found: dict[str, Any]) -> None:
    text = (root / "docs" / "emulated-deployment.md").read_text(encoding="utf-8")
    assert text == page(found), AGAIN


def test_every_type_of_every_profile_is_on_the_page(
    synthesized: Synthesized, found: dict[str, Any]
) -> None:
    templates = [synthesized.template(stack) for stack in synthesized.stacks()]
    wanted = {each["Type"] for template in templates for each in template["Resources"].values()}
    assert sorted(wanted - set(found["types"])) == [], AGAIN


def test_a_type_that_nothing_was_seen_to_use_is_among_what_was_not_shown(
    found: dict[str, Any],
) -> None:
    at_work = {kind for check in found["checks"] if check["passed"] for kind in check["shows"]}
    not_shown = page(found).partition("## What was not shown")[2]
    for kind in set(found["types"]) - at_work:
        assert kind in not_shown


def test_all_checks_held(found: dict[str, Any]) -> None:
    assert [check["what"] for check in found["checks"] if not check["passed"]] == []


def test_what_was_not_refused_was_made_and_found_and_went_with_its_stack(
    found: dict[str, Any],
) -> None:
    """Of alarms, those by metric math are refused one by one."""
    for kind, fate in found["types"].items():
        if fate["outcome"] == REFUSED:
            assert fate["made"] == 0, kind
        elif fate["outcome"] == DEPLOYED:
            assert kind == "AWS::CloudWatch::Alarm" or fate["made"] == fate["wanted"], kind
            assert fate["found"] in {None, fate["made"]}, kind
            assert not fate["stayed"], kind
