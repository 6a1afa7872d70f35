"""When each resource starts and ends, if all that can go on at once does."""

from collections.abc import Mapping
from typing import NamedTuple

from creation_time.template_graph import Graph


class Span(NamedTuple):
    """Earliest start and end, in seconds; `after` is the resource that held up the start."""

    start: float
    end: float
    after: str | None


def schedule(graph: Graph, seconds: Mapping[str, float], begin: float = 0) -> dict[str, Span]:
    """Return each resource's span, given how long each takes.

    A resource starts when the last one that it needs has ended; nothing else holds it up.
    """
    spans: dict[str, Span] = {}
    for name in graph.in_order():
        last = max(sorted(graph.needs[name]), key=lambda each: spans[each].end, default=None)
        start = spans[last].end if last else begin
        spans[name] = Span(start, start + seconds[name], last)
    return spans


def path_to(name: str, spans: Mapping[str, Span]) -> list[str]:
    """List the resources that held each other up until this one, which is the last."""
    path = [name]
    while (before := spans[path[-1]].after) is not None:
        path.append(before)
    return path[::-1]
