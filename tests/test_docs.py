"""What the documentation points to is there: tests, files, headings."""

import ast
import json
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


def test_the_readme_leads_to_every_page() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pages = [page.name for page in (ROOT / "docs").glob("*.md")]
    assert [page for page in pages if f"](docs/{page})" not in readme] == []


def test_the_index_of_decisions_leads_to_each() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    decisions = [page.name for page in folder.glob("[0-9]*.md")]
    assert [page for page in decisions if f"]({page})" not in index] == []


def test_the_settings_page_knows_every_key() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    schema = json.loads((ROOT / "mockenv.schema.json").read_text(encoding="utf-8"))
    objects = [schema, *schema["$defs"].values()]
    keys = {key for each in objects for key in each.get("properties", {})}
    assert len(keys) > 50
    assert sorted(keys - _words_in_code(page)) == []


def _words_in_code(page: str) -> set[str]:
    blocks = re.findall(r"```.*?```", page, flags=re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", _without_code(page))
    headings = re.findall(r"^#+ (.+)$", page, flags=re.MULTILINE)
    return {word for code in (*blocks, *spans, *headings) for word in re.findall(r"\w+", code)}


def _without_code(text: str) -> str:
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


@cache
def _headings(page: Path) -> set[str]:
    """Return the anchors that a page's headings get on a forge."""
    text = _without_code(page.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
