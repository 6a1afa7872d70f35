"""Whoever copies settings out of the documentation gets settings that are right."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from mockenv.settings.model import SettingsFile
from mockenv.settings.resolve import load_settings

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = "openapi: 3.1.0\ninfo: {title: any, version: '1'}\npaths: {}\n"
MINIMAL: dict[str, Any] = {
    "project": "shop",
    "mocks": {"any": {"path": "/any", "spec": "any.yaml"}},
}
LEFT_OUT = "…"  # a block with it stands for what the reader fills in


def blocks() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the blocks of settings of every page, each with the page's name and its line."""
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        text = page.read_text(encoding="utf-8")
        for found in re.finditer(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            settings = None if LEFT_OUT in found[1] else yaml.safe_load(found[1])
            if isinstance(settings, list):
                settings = {"tokens": {"kinds": settings}}
            if isinstance(settings, dict) and set(settings) <= set(SettingsFile.model_fields):
                yield f"{page.name}:{text.count(chr(10), 0, found.start()) + 1}", settings


BLOCKS = dict(blocks())


def test_there_are_some() -> None:
    assert len(BLOCKS) > 10


@pytest.mark.parametrize("place", BLOCKS)
def test_it_loads(tmp_path: Path, place: str) -> None:
    whole = MINIMAL | BLOCKS[place]
    for mock in whole["mocks"].values():
        source = tmp_path / (mock.get("spec") or mock["expectations"])
        source.parent.mkdir(exist_ok=True)
        source.write_text(DOCUMENT if "spec" in mock else "[]")
    (tmp_path / "mockenv.yaml").write_text(yaml.safe_dump(whole, sort_keys=False))
    assert load_settings(tmp_path / "mockenv.yaml").settings.mocks
