"""Holds a dashboard's body to what CloudWatch documents of it.

Source: CloudWatch API reference, "Dashboard Body Structure and Syntax"; CloudWatch user guide,
"CloudWatch service quotas" (500 widgets) and "Using search expressions" (1,024 characters).
"""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

GRID_WIDTH = 24
MOST_WIDGETS = 500
MOST_METRICS_OF_A_WIDGET = 500
MOST_EXPRESSION_CHARACTERS = 1_024
REQUIRED = {
    "text": {"markdown"},
    "metric": {"metrics", "region"},
    "log": {"query", "region"},
}
ALLOWED = {
    "text": {"markdown", "background"},
    "metric": {"metrics", "region", "title", "view", "stat", "period", "yAxis", "annotations"},
    "log": {"query", "region", "title", "view"},
}
VIEWS: dict[str, set[str | None]] = {
    "text": {None},
    "metric": {"timeSeries", "singleValue", "gauge", "bar", "pie"},
    "log": {"table", "timeSeries", "bar", "pie"},
}
SEARCH = re.compile(
    r"SEARCH\('\{(?P<schema>[^{}']+)\}(?P<terms>[^']*)', '(Sum|Average|Minimum|Maximum)', \d+\)"
)


def problems(body: dict[str, Any]) -> Iterator[str]:
    """Yield what CloudWatch would refuse, or not show."""
    widgets = body["widgets"]
    if len(widgets) > MOST_WIDGETS:
        yield f"{len(widgets)} widgets"
    for widget in widgets:
        yield from _of_widget(widget)
    for one, other in combinations(widgets, 2):
        if _overlap(one, other):
            yield f"{_title(one)} covers {_title(other)}"


def _of_widget(widget: dict[str, Any]) -> Iterator[str]:
    kind, properties = widget["type"], widget["properties"]
    missing, unknown = REQUIRED[kind] - set(properties), set(properties) - ALLOWED[kind]
    if missing or unknown:
        yield f"{_title(widget)}: missing {missing}, unknown {unknown}"
    if widget["x"] < 0 or widget["x"] + widget["width"] > GRID_WIDTH or widget["height"] < 1:
        yield f"{_title(widget)}: outside"
    if properties.get("view") not in VIEWS[kind]:
        yield f"{_title(widget)}: view"
    if kind == "log" and not re.match(r"SOURCE '[^']+'\n\| ", properties["query"]):
        yield f"{_title(widget)}: no source"
    if kind == "metric":
        yield from (f"{_title(widget)}: {problem}" for problem in _of_rows(properties["metrics"]))


def _of_rows(rows: list[list[Any]]) -> Iterator[str]:
    if not 1 <= len(rows) <= MOST_METRICS_OF_A_WIDGET:
        yield f"{len(rows)} metrics"
    ids = [row[-1]["id"] for row in rows if isinstance(row[-1], dict) and "id" in row[-1]]
    if len(ids) != len(set(ids)) or not all(re.fullmatch("[a-z][a-zA-Z0-9_]*", i) for i in ids):
        yield f"ids {ids}"
    for row in rows:
        yield from _of_row(row, ids)


def _of_row(row: list[Any], ids: list[str]) -> Iterator[str]:
    """A row is one expression, or namespace, name, and pairs of dimensions, and options."""
    if isinstance(row[0], dict):
        expression = row[0]["expression"]
        is_known = SEARCH.fullmatch(expression) or any(each in expression for each in ids)
        if len(row) != 1 or not is_known or len(expression) > MOST_EXPRESSION_CHARACTERS:
            yield f"expression {expression}"
        return
    words = [each for each in row if isinstance(each, str)]
    if len(words) < 2 or len(words) % 2 or len(row) - len(words) > 1:
        yield f"metric {row}"


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    apart = (
        one["x"] + one["width"] <= other["x"]
        or other["x"] + other["width"] <= one["x"]
        or one["y"] + one["height"] <= other["y"]
        or other["y"] + other["height"] <= one["y"]
    )
    return not apart


def _title(widget: dict[str, Any]) -> str:
    return str(widget["properties"].get("title", widget["type"]))
