from typing import Any

import pytest

from creation_templates import OURS, STACKS
from creation_time.creation import Step
from creation_time.durations import Durations
from creation_time.paper import on_paper
from creation_time.report import report, short_name


@pytest.mark.parametrize("name", STACKS)
def test_it_fits_a_terminal(templates: dict[str, Any], durations: Durations, name: str) -> None:
    lines = report(on_paper("a-stack", templates[name], durations)).splitlines()
    assert max(map(len, lines)) <= 80


def test_a_stack_that_serves_says_when(templates: dict[str, Any], durations: Durations) -> None:
    paper = on_paper("a-stack", templates[OURS], durations)
    text = report(paper)
    assert f"first 200 after {paper.creation.first_200:.0f} s" in text
    assert f"stack complete after {paper.creation.complete:.0f} s" in text
    assert f"deleted in {paper.deletion_seconds:.0f} s" in text
    assert f"{len(templates[OURS]['Resources'])} of 500 resources" in text
    assert "nothing of it ran on AWS" in text


def test_a_type_that_is_not_listed_is_named(durations: Durations) -> None:
    template = {"Resources": {"Own": {"Type": "Example::Own::Thing"}}}
    text = report(on_paper("a-stack", template, durations))
    assert "guessed, as durations.yaml has no Example::Own::Thing" in text
    assert "first 200" not in text


def test_names_come_without_hashes_and_providers() -> None:
    step = Step("MocksService2B55713D", "AWS::ECS::Service", 0, 1)
    assert short_name(step) == "MocksService (Service)"
