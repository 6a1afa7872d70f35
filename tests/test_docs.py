"""What the documentation points to is there: tests, files, headings."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
NAMED_TEST = re.compile(r"`((?:tests|mock_host/tests)/[\w/.]+)::([^`]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
ELSEWHERE = ("http://", "https://", "mailto:")


def named_tests() -> list[tuple[str, str]]:
    """List the tests that pages name, as file and test."""
    return sorted({found for page in PAGES for found in NAMED_TEST.findall(page.read_text())})


@pytest.mark.parametrize(("file", "test"), named_tests())
def test_a_test_that_is_named_exists(file: str, test: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    if not file.endswith(".py"):
        assert test in text
        return
    nodes = ast.walk(ast.parse(text))
    assert test in {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


def test_security_names_a_test_for_nearly_every_threat() -> None:
    """A row that stops nothing by itself says so; each other one has its test."""
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    threats = [row for row in rows if " … |" not in row and "---" not in row]
    untested = [row for row in threats if "tests/" not in row and "not by mockenv" not in row]
    others = [row for row in untested if "below" not in row]
    assert len(threats) > 30
    assert others == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(_without_code(page.read_text(encoding="utf-8"))):
        if link.startswith(ELSEWHERE):
            continue
        file, _, heading = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), f"{page.name}: {link}"
        if heading:
            assert heading in _headings(target), f"{page.name}: {link}"


def _without_code(text: str) -> str:
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


@cache
def _headings(page: Path) -> set[str]:
    """Return the anchors that a page's headings get on a forge."""
    text = _without_code(page.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
