"""How long a task's containers take until all of their programs run, by their dependencies."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from creation_time.durations import Durations, ImageTime
from creation_time.schedule import path_to, schedule
from creation_time.template_graph import Graph

CPU_UNITS_PER_CORE = 1024
Container = Mapping[str, Any]


class TaskStart(NamedTuple):
    """Megabytes to pull, then the containers that hold each other up, each with its seconds.

    `unknown` are images that the data file does not list.
    """

    megabytes: float
    containers: tuple[tuple[str, float], ...]
    unknown: tuple[str, ...]


def task_start(task: Mapping[str, Any], durations: Durations) -> TaskStart:
    """Return how a task starts, from its definition's properties.

    Fargate pulls all images first, then starts each container when those it depends on are ready.
    """
    containers: list[Container] = task["ContainerDefinitions"]
    cores = int(task["Cpu"]) / CPU_UNITS_PER_CORE
    seconds = {each["Name"]: _seconds(each, cores, durations) for each in containers}
    spans = schedule(_graph(containers), seconds)
    last = max(sorted(spans), key=lambda name: spans[name].end)
    images = {json.dumps(each["Image"]) for each in containers}
    return TaskStart(
        megabytes=sum(image_time(image, durations).megabytes for image in images),
        containers=tuple((name, seconds[name]) for name in path_to(last, spans)),
        unknown=tuple(sorted(i for i in images if not _is_known(i, durations))),
    )


def image_time(image: str, durations: Durations) -> ImageTime:
    """Return what is known of an image, whatever registry it comes from."""
    for part, known in durations.images.items():
        if part in image:
            return known
    return ImageTime(0, durations.seconds("unknown_container"), "assumed", "not listed")


def _is_known(image: str, durations: Durations) -> bool:
    return any(part in image for part in durations.images)


def _seconds(container: Container, cores: float, durations: Durations) -> float:
    usual = image_time(json.dumps(container["Image"]), durations)
    program = durations.programs.get(container["Name"], usual)
    per_cpu_second = durations.seconds("fargate_cpu_second") / min(1, cores)
    return durations.seconds("container_start") + program.cpu_seconds * per_cpu_second


def _graph(containers: list[Container]) -> Graph:
    needs = {
        each["Name"]: frozenset(need["ContainerName"] for need in each.get("DependsOn", []))
        for each in containers
    }
    return Graph(types=dict.fromkeys(needs, "container"), needs=needs)
