import os
from pathlib import Path

from policy.docs import BEGIN, END, tables, with_table
from synthesized import Synthesized


def test_the_docs_hold_the_tables_as_they_are(synthesized: Synthesized, root: Path) -> None:
    for page, table in tables(synthesized).items():
        text = (root / page).read_text(encoding="utf-8")
        if os.environ.get("UPDATE_DOCS"):
            text = with_table(text, table)
            (root / page).write_text(text, encoding="utf-8")
        assert with_table(text, table) == text, f"{page}: make policy-docs"


def test_what_stands_around_a_table_stays() -> None:
    page = f"before\n{BEGIN}old\n{END}after\n"
    assert with_table(page, "new") == f"before\n{BEGIN}\nnew\n{END}after\n"
