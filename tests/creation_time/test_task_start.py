from typing import Any

import pytest

from creation_time.durations import Durations
from creation_time.task_start import task_start

NODE = "public.ecr.aws/docker/library/node:24.19.0-alpine"
MOCKSERVER = {"Fn::Join": ["", [{"Ref": "Prefix"}, "/mockserver/mockserver:8.0.0"]]}


def container(name: str, image: Any, *after: str) -> dict[str, Any]:
    needs = [{"ContainerName": each, "Condition": "SUCCESS"} for each in after]
    return {"Name": name, "Image": image, "DependsOn": needs}


def task(*containers: dict[str, Any], cpu: int = 1024) -> dict[str, Any]:
    return {"Cpu": str(cpu), "ContainerDefinitions": [*containers]}


def test_a_container_starts_after_those_it_depends_on(durations: Durations) -> None:
    first = container("first", MOCKSERVER)
    start = task_start(task(container("host", NODE, "first"), first), durations)
    between = durations.seconds("container_start")
    per_cpu_second = durations.seconds("fargate_cpu_second")
    program = durations.images["mockserver/mockserver"].cpu_seconds * per_cpu_second
    host = durations.images["docker/library/node"].cpu_seconds * per_cpu_second
    assert start.containers == (("first", between + program), ("host", between + host))


def test_an_image_may_run_another_program_than_its_usual_one(durations: Durations) -> None:
    ((_, seconds),) = task_start(task(container("config-loader", NODE)), durations).containers
    program = durations.programs["config-loader"].cpu_seconds
    expected = program * durations.seconds("fargate_cpu_second")
    assert seconds == durations.seconds("container_start") + expected
    assert program != durations.images["docker/library/node"].cpu_seconds


def test_only_the_slowest_of_those_side_by_side_counts(durations: Durations) -> None:
    other = container("mockserver", "mockserver/mockserver:8.0.0")
    start = task_start(task(container("host", NODE), other), durations)
    assert [name for name, _ in start.containers] == ["mockserver"]


@pytest.mark.parametrize(("cpu", "slower"), [(256, 4), (512, 2), (1024, 1), (4096, 1)])
def test_a_program_takes_longer_on_less_cpu(durations: Durations, cpu: int, slower: float) -> None:
    ((_, seconds),) = task_start(task(container("host", NODE), cpu=cpu), durations).containers
    program = seconds - durations.seconds("container_start")
    on_one_core = durations.images["docker/library/node"].cpu_seconds
    assert program == pytest.approx(slower * on_one_core * durations.seconds("fargate_cpu_second"))


def test_an_image_is_pulled_once(durations: Durations) -> None:
    start = task_start(task(container("a", NODE), container("b", NODE)), durations)
    assert start.megabytes == durations.images["docker/library/node"].megabytes


def test_an_image_that_is_not_listed_is_named(durations: Durations) -> None:
    start = task_start(task(container("own", "example.com/own:1.0.0")), durations)
    assert start.unknown == ('"example.com/own:1.0.0"',)
