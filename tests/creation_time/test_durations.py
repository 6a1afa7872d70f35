import json
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from creation_time.creation import creation
from creation_time.deletion import deletion_seconds
from creation_time.durations import Durations
from mockenv.scaling.capacity import SHARE_OF_MEASURED_CORE
from synthesized import Synthesized

BASES = {"measured", "reported", "documented", "assumed"}


def test_every_figure_says_what_it_rests_on(durations: Durations) -> None:
    parts: list[Mapping[str, Any]] = [
        durations.assumptions,
        durations.images,
        durations.programs,
        durations.resources,
    ]
    for name, figure in (entry for part in parts for entry in part.items()):
        assert figure.basis in BASES, name
        assert figure.source, name


def test_what_others_reported_can_be_looked_up(durations: Durations) -> None:
    figures: list[Any] = [*durations.resources.values(), *durations.assumptions.values()]
    for source in (figure.source for figure in figures if figure.basis == "reported"):
        assert "#" in source or "https://" in source


@pytest.mark.parametrize("part", ["docker/library/node", "mockserver/mockserver"])
def test_measured_starts_are_those_of_the_benchmarks(
    root: Path, durations: Durations, part: str
) -> None:
    image = durations.images[part]
    file = root / image.source.partition(",")[0]
    starts = [
        each["start_seconds"]
        for each in json.loads(file.read_text(encoding="utf-8"))["field"]
        if each["engine"] == image.benchmark and each["document"] == "pet store"
    ]
    assert image.cpu_seconds == round(median(starts), 2)


def test_the_loader_takes_what_was_measured(root: Path, durations: Durations) -> None:
    loader = durations.programs["config-loader"]
    file = root / loader.source.partition(",")[0]
    (result,) = json.loads(file.read_text(encoding="utf-8"))["results"]
    assert loader.cpu_seconds == round(median(result["ours"]), 2)


def test_fargates_cpu_is_what_scaling_takes_it_for(durations: Durations) -> None:
    assert durations.seconds("fargate_cpu_second") == 1 / SHARE_OF_MEASURED_CORE


def test_everything_in_any_stack_is_listed(
    synthesized: Synthesized, templates: dict[str, Any], durations: Durations
) -> None:
    """What is new belongs into creation_time/durations.yaml, with its source."""
    ours = {stack: synthesized.template(stack) for stack in synthesized.stacks()}
    for name, template in (ours | templates).items():
        assert creation(template, durations).unknown == (), name
        assert deletion_seconds(template, durations) > 0


def test_one_duration_is_made_longer_and_no_other(durations: Durations) -> None:
    slower = durations.slower("AWS::S3::Bucket", 3)
    assert slower.resources["AWS::S3::Bucket"].create == 60
    assert slower.resources["AWS::IAM::Role"] == durations.resources["AWS::IAM::Role"]
    assert durations.slower("task_capacity").seconds("task_capacity") == 40
    program = durations.slower("docker/library/node").images["docker/library/node"]
    assert program.cpu_seconds == 2 * durations.images["docker/library/node"].cpu_seconds
    loader = durations.slower("config-loader").programs["config-loader"]
    assert loader.cpu_seconds == 2 * durations.programs["config-loader"].cpu_seconds


def test_all_are_made_longer_at_once(durations: Durations) -> None:
    slower = durations.all_slower(2)
    assert slower.seconds("steady_state") == 2 * durations.seconds("steady_state")
    for name, kind in durations.resources.items():
        assert slower.resources[name].create == 2 * kind.create
