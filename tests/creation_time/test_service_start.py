from typing import Any

import pytest

from creation_time.durations import Durations
from creation_time.service_start import service_start, service_stop_seconds

NODE = "public.ecr.aws/docker/library/node:24.19.0-alpine"


def template(*groups: dict[str, Any]) -> dict[str, Any]:
    task = {"Cpu": "256", "ContainerDefinitions": [{"Name": "host", "Image": NODE}]}
    balancers = [{"TargetGroupArn": {"Ref": f"Group{index}"}} for index, _ in enumerate(groups)]
    service = {"TaskDefinition": {"Ref": "Task"}, "LoadBalancers": balancers}
    return {
        "Resources": {
            "Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": task},
            "Service": {"Type": "AWS::ECS::Service", "Properties": service},
            **{f"Group{index}": {"Properties": group} for index, group in enumerate(groups)},
        }
    }


def checks(durations: Durations, *groups: dict[str, Any]) -> list[tuple[str, float]]:
    parts = service_start("Service", template(*groups), durations).until_serving
    return [(part.name, part.seconds) for part in parts if "health" in part.name]


@pytest.mark.parametrize(
    ("group", "part"),
    [
        ({}, ("5 health checks, each 30 s", 150)),
        (
            {"HealthyThresholdCount": 2, "HealthCheckIntervalSeconds": 5},
            ("2 health checks, each 5 s", 10),
        ),
    ],
)
def test_health_checks_are_those_of_the_target_group(
    durations: Durations, group: dict[str, Any], part: tuple[str, float]
) -> None:
    assert checks(durations, group) == [part]


def test_the_slowest_target_group_counts_and_without_one_there_is_no_check(
    durations: Durations,
) -> None:
    fast = {"HealthyThresholdCount": 2, "HealthCheckIntervalSeconds": 5}
    assert checks(durations, fast, {}) == [("5 health checks, each 30 s", 150)]
    assert checks(durations) == []


def test_images_are_pulled_by_their_size(durations: Durations) -> None:
    megabytes = durations.images["docker/library/node"].megabytes
    parts = service_start("Service", template(), durations).until_serving
    (pull,) = (part for part in parts if part.name.startswith("images"))
    assert pull.name == f"images, {megabytes} MB"
    assert pull.seconds == megabytes * durations.seconds("image_megabyte")


@pytest.mark.parametrize(("attributes", "seconds"), [({"Value": "5"}, 5), (None, 300)])
def test_a_deletion_waits_for_deregistration(
    durations: Durations, attributes: dict[str, str] | None, seconds: float
) -> None:
    stated = {"Key": "deregistration_delay.timeout_seconds"}
    group = {"TargetGroupAttributes": [stated | attributes]} if attributes else {}
    without = service_stop_seconds("Service", template(), durations)
    assert service_stop_seconds("Service", template(group), durations) == without + seconds
