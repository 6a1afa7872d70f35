"""Widgets of a CloudWatch dashboard, as its body describes them, and where they stand.

Source: CloudWatch API reference, "Dashboard Body Structure and Syntax".
"""

from collections.abc import Iterable, Sequence
from typing import Any

from aws_cdk import Aws

WIDTH, HEIGHT = 8, 6  # three in a row of 24
HEADING_HEIGHT = 3
GRID_WIDTH = 24
Widget = dict[str, Any]


def heading(markdown: str) -> Widget:
    """Describe a text across the whole width."""
    return {
        "type": "text",
        "width": GRID_WIDTH,
        "height": HEADING_HEIGHT,
        "properties": {"markdown": markdown},
    }


def found_metrics(title: str, *searches: str, most: float | None = None) -> Widget:
    """Describe a graph of whatever metrics searches find; `most` draws a line there."""
    rows: list[list[Any]] = [
        [{"expression": search, "id": f"e{n}"}] for n, search in enumerate(searches, 1)
    ]
    return _graph(title, rows, most)


def count_of_found(title: str, search: str, label: str, most: float) -> Widget:
    """Describe a graph of how many metrics a search finds with a value at each time."""
    rows: list[list[Any]] = [
        [{"expression": search, "id": "found", "visible": False}],
        [{"expression": "SUM(found * 0 + 1)", "id": "count", "label": label}],
    ]
    return _graph(title, rows, most)


def own_metrics(
    title: str, namespace: str, names: Iterable[str], dimension: tuple[str, str]
) -> Widget:
    """Describe a graph of metrics of ours, summed up, all with the same dimension."""
    rows: list[list[Any]] = [[namespace, name, *dimension, {"stat": "Sum"}] for name in names]
    return _graph(title, rows, None)


def asked_of_log(title: str, log_group: str, steps: Sequence[str], *, as_table: bool) -> Widget:
    """Describe a graph, or a table, of what Logs Insights answers."""
    query = "\n| ".join([f"SOURCE '{log_group}'", *steps])
    view = "table" if as_table else "timeSeries"
    return _widget("log", {"title": title, "query": query, "region": Aws.REGION, "view": view})


def placed(heading_widget: Widget, widgets: Iterable[Widget]) -> list[Widget]:
    """Put a heading above rows of three."""
    per_row = GRID_WIDTH // WIDTH
    return [
        heading_widget | {"x": 0, "y": 0},
        *(
            widget | {"x": n % per_row * WIDTH, "y": HEADING_HEIGHT + n // per_row * HEIGHT}
            for n, widget in enumerate(widgets)
        ),
    ]


def _graph(title: str, rows: Sequence[Sequence[Any]], most: float | None) -> Widget:
    line = {"annotations": {"horizontal": [{"value": most, "label": "limit"}]}} if most else {}
    return _widget(
        "metric",
        {
            "title": title,
            "view": "timeSeries",
            "region": Aws.REGION,
            "metrics": rows,
            "yAxis": {"left": {"min": 0}},
            **line,
        },
    )


def _widget(kind: str, properties: dict[str, Any]) -> Widget:
    return {"type": kind, "width": WIDTH, "height": HEIGHT, "properties": properties}
