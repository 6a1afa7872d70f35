from pathlib import Path

from scaling_simulation.cases import Run
from scaling_simulation.charts import draw_curve
from scaling_simulation.curves import CURVES
from scaling_simulation.table import table

PNG = b"\x89PNG\r\n\x1a\n"
MOST_BYTES = 100_000


def test_the_table_in_the_docs_is_what_the_simulation_gives(root: Path, runs: list[Run]) -> None:
    """If it is meant: make scaling, and put what it prints into docs/scaling.md."""
    assert table(runs) in (root / "docs" / "scaling.md").read_text(encoding="utf-8")


def test_the_docs_have_a_chart_of_every_curve(root: Path) -> None:
    text = (root / "docs" / "scaling.md").read_text(encoding="utf-8")
    for curve in CURVES:
        assert f"](scaling/{curve.name}.png)" in text
        chart = (root / "docs" / "scaling" / f"{curve.name}.png").read_bytes()
        assert chart.startswith(PNG)
        assert len(chart) <= MOST_BYTES


def test_a_chart_is_drawn(tmp_path: Path, runs: list[Run]) -> None:
    of_spike = [r for r in runs if r.curve.name == "spike" and r.case.bounds == "10-200"]
    file = tmp_path / "scaling" / "spike.png"
    draw_curve(of_spike, file)
    assert file.read_bytes().startswith(PNG)
