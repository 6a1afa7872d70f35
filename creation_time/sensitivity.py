"""What the first 200 would be if a duration were longer than assumed."""

from collections.abc import Iterator
from typing import NamedTuple

from creation_time.creation import creation
from creation_time.durations import Durations
from creation_time.template_graph import Template

FACTOR = 2


class Slower(NamedTuple):
    """One duration, and the first 200 if it were FACTOR times as long."""

    name: str
    seconds: float
    basis: str
    source: str
    first_200: float


def slower_cases(template: Template, durations: Durations) -> list[Slower]:
    """List the durations that the first 200 depends on, the most important one first."""
    now = creation(template, durations).first_200
    cases = [
        Slower(name, seconds, basis, source, _first_200(template, durations.slower(name, FACTOR)))
        for name, seconds, basis, source in _figures(durations)
    ]
    return sorted((c for c in cases if c.first_200 != now), key=lambda c: -c.first_200)


def first_200_if_all_slower(template: Template, durations: Durations) -> float:
    """Return the first 200 if every duration were FACTOR times as long."""
    return _first_200(template, durations.all_slower(FACTOR))


def _figures(durations: Durations) -> Iterator[tuple[str, float, str, str]]:
    for name, assumed in durations.assumptions.items():
        yield name, assumed.seconds, assumed.basis, assumed.source
    for name, image in durations.images.items():
        yield name, image.cpu_seconds, image.basis, image.source
    for name, program in durations.programs.items():
        yield name, program.cpu_seconds, program.basis, program.source
    for name, resource in durations.resources.items():
        yield name, resource.create, resource.basis, resource.source


def _first_200(template: Template, durations: Durations) -> float:
    found = creation(template, durations).first_200
    assert found is not None, "only a stack with a service has a first 200"  # noqa: S101
    return found
