"""How long a stack takes to delete: the same graph, walked from its other end."""

from creation_time.durations import Durations
from creation_time.schedule import schedule
from creation_time.service_start import SERVICE, service_stop_seconds
from creation_time.template_graph import Template, read_graph

KEPT = {"Retain", "RetainExceptOnCreate"}


def deletion_seconds(template: Template, durations: Durations) -> float:
    """Return the seconds from a DeleteStack until the stack is gone."""
    graph = read_graph(template).reversed()
    spans = schedule(graph, {name: _seconds(name, template, durations) for name in graph.types})
    return max(span.end for span in spans.values())


def _seconds(name: str, template: Template, durations: Durations) -> float:
    resource = template["Resources"][name]
    kind = resource["Type"]
    if resource.get("DeletionPolicy") in KEPT:
        return 0
    overhead = durations.seconds("resource_overhead")
    if kind == SERVICE:
        return overhead + service_stop_seconds(name, template, durations)
    if kind not in durations.resources:
        return overhead + durations.seconds("unknown_resource")
    return overhead + durations.resources[kind].delete
