"""The tables of docs/creation.md against what is computed: `make creation-docs` rewrites them."""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from creation_templates import OURS, VPC_EACH
from creation_time.creation import creation
from creation_time.durations import Durations
from creation_time.paper import on_paper
from creation_time.sensitivity import first_200_if_all_slower, slower_cases
from creation_time.tables import critical_path, overview, sensitivity


@pytest.fixture
def tables(templates: dict[str, Any], durations: Durations) -> dict[str, str]:
    ours, theirs = templates[OURS], templates[VPC_EACH]
    return {
        "stacks": overview(on_paper(n, each, durations) for n, each in templates.items()),
        "pull request": critical_path(creation(ours, durations)),
        "VPC each": critical_path(creation(theirs, durations)),
        "sensitivity": sensitivity(
            slower_cases(ours, durations), first_200_if_all_slower(ours, durations)
        ),
    }


@pytest.mark.parametrize("name", ["stacks", "pull request", "VPC each", "sensitivity"])
def test_the_table_in_the_docs_is_what_is_computed(
    root: Path, tables: dict[str, str], name: str
) -> None:
    """If it is meant: make creation-docs."""
    file = root / "docs" / "creation.md"
    text = file.read_text(encoding="utf-8")
    place = re.compile(f"(?<=<!-- computed: {name} -->\n)[^<]*(?=\n<!-- end -->)")
    assert place.search(text), f"docs/creation.md has no place for {name}"
    if os.environ.get("UPDATE_DOCS"):
        text = place.sub(lambda _: tables[name], text)
        file.write_text(text, encoding="utf-8")
    found = place.search(text)
    assert found
    assert found[0] == tables[name], "make creation-docs rewrites it"
