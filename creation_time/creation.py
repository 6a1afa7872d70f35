"""How long a stack takes to create: its critical path, the first 200 and the end."""

from collections.abc import Mapping
from dataclasses import dataclass

from creation_time.durations import Durations
from creation_time.schedule import Span, path_to, schedule
from creation_time.service_start import SERVICE, Part, ServiceStart, service_start
from creation_time.template_graph import Graph, Template, read_graph


@dataclass(frozen=True)
class Step:
    """A resource of the critical path; `parts` are what a service's start is made of."""

    name: str
    type: str
    start: float
    end: float
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Creation:
    """What a create takes on paper, in seconds from the start of the deployment's change set.

    `first_200` is None for a stack without a service. `steps` end there, or at the stack's end.
    """

    first_200: float | None
    complete: float
    steps: tuple[Step, ...]
    unknown: tuple[str, ...]


def creation(template: Template, durations: Durations) -> Creation:
    """Return what a template's graph says about its create; what is not listed is in `unknown`."""
    graph = read_graph(template)
    services = {
        name: service_start(name, template, durations)
        for name, kind in graph.types.items()
        if kind == SERVICE
    }
    begin = durations.seconds("change_set")
    steady = schedule(graph, _seconds(graph, services, durations), begin)
    serving = _serving(graph, steady, services, durations)
    last = max(sorted(serving), key=lambda name: serving[name].end)
    return Creation(
        first_200=serving[last].end if services else None,
        complete=max(span.end for span in steady.values()),
        steps=tuple(
            _step(name, graph, serving.get(name, steady[name]), services, durations)
            for name in path_to(last, steady)
        ),
        unknown=_unknown(graph, services, durations),
    )


def _seconds(
    graph: Graph, services: Mapping[str, ServiceStart], durations: Durations
) -> dict[str, float]:
    overhead = durations.seconds("resource_overhead")
    unknown = durations.seconds("unknown_resource")
    own = {
        name: durations.resources[kind].create if kind in durations.resources else unknown
        for name, kind in graph.types.items()
    }
    for name, start in services.items():
        own[name] = _total(start.until_serving + start.until_steady)
    return {name: overhead + seconds for name, seconds in own.items()}


def _serving(
    graph: Graph,
    steady: Mapping[str, Span],
    services: Mapping[str, ServiceStart],
    durations: Durations,
) -> dict[str, Span]:
    """Return what a first answer needs; everything, in a stack that answers nobody.

    A service serves before it is steady.
    """
    if not services:
        return dict(steady)
    needed = {n: span for n, span in steady.items() if graph.types[n] in durations.serving}
    for name, start in services.items():
        needed[name] = steady[name]._replace(end=steady[name].end - _total(start.until_steady))
    return needed


def _step(
    name: str,
    graph: Graph,
    span: Span,
    services: Mapping[str, ServiceStart],
    durations: Durations,
) -> Step:
    parts: tuple[Part, ...] = ()
    if name in services:
        overhead = Part("CloudFormation", durations.seconds("resource_overhead"))
        parts = (overhead, *services[name].until_serving)
    return Step(name, graph.types[name], span.start, span.end, parts)


def _unknown(
    graph: Graph, services: Mapping[str, ServiceStart], durations: Durations
) -> tuple[str, ...]:
    types = set(graph.types.values()) - durations.resources.keys()
    images = {image for start in services.values() for image in start.unknown_images}
    return tuple(sorted(types | images))


def _total(parts: tuple[Part, ...]) -> float:
    return sum(part.seconds for part in parts)
