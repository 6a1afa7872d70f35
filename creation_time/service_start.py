"""What an ECS service does from its creation until it serves, and until it is called steady."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from creation_time.durations import Durations
from creation_time.task_start import task_start
from creation_time.template_graph import Template

SERVICE = "AWS::ECS::Service"
# Elastic Load Balancing's own, where a target group states none.
DEFAULT_INTERVAL_SECONDS = 30
DEFAULT_HEALTHY_THRESHOLD = 5
DEFAULT_DEREGISTRATION_SECONDS = 300
DEREGISTRATION = "deregistration_delay.timeout_seconds"


@dataclass(frozen=True)
class Part:
    """One part of a service's start."""

    name: str
    seconds: float


class ServiceStart(NamedTuple):
    """The parts until tasks serve, those that follow until ECS calls it steady, unknown images.

    The first part is the service's own creation.
    """

    until_serving: tuple[Part, ...]
    until_steady: tuple[Part, ...]
    unknown_images: tuple[str, ...]

    def task_seconds(self) -> float:
        """Return what a task takes from its launch to its first request."""
        return sum(part.seconds for part in self.until_serving[1:])


def service_start(name: str, template: Template, durations: Durations) -> ServiceStart:
    """Return the parts of a service's start, from its template as far as that states them.

    The first tasks count, however many there are: they start side by side.
    """
    service = template["Resources"][name]["Properties"]
    task = task_start(_properties(template, service["TaskDefinition"]), durations)
    return ServiceStart(
        until_serving=(
            Part("service created", durations.resources[SERVICE].create),
            Part("capacity, network interface", durations.seconds("task_capacity")),
            Part(
                f"images, {task.megabytes:.0f} MB",
                task.megabytes * durations.seconds("image_megabyte"),
            ),
            *(Part(f"container {name}", seconds) for name, seconds in task.containers),
            *_registration(service, template, durations),
        ),
        until_steady=(Part("deployment completed", durations.seconds("steady_state")),),
        unknown_images=task.unknown,
    )


def service_stop_seconds(name: str, template: Template, durations: Durations) -> float:
    """Return how long its tasks take to end when the service is deleted."""
    service = template["Resources"][name]["Properties"]
    delays = (_deregistration_seconds(group) for group in _target_groups(service, template))
    own = durations.resources[SERVICE].delete
    return own + max(delays, default=0) + durations.seconds("task_stop")


def _registration(
    service: Mapping[str, Any], template: Template, durations: Durations
) -> Iterator[Part]:
    checks = [_checks(group) for group in _target_groups(service, template)]
    if checks:
        threshold, interval = max(checks, key=lambda check: check[0] * check[1])
        yield Part("target registered", durations.seconds("target_registration"))
        yield Part(f"{threshold} health checks, each {interval} s", threshold * interval)


def _target_groups(service: Mapping[str, Any], template: Template) -> Iterator[Mapping[str, Any]]:
    for balancer in service.get("LoadBalancers", []):
        yield _properties(template, balancer["TargetGroupArn"])


def _properties(template: Template, reference: Mapping[str, str]) -> Mapping[str, Any]:
    properties: Mapping[str, Any] = template["Resources"][reference["Ref"]]["Properties"]
    return properties


def _checks(group: Mapping[str, Any]) -> tuple[int, int]:
    return (
        int(group.get("HealthyThresholdCount", DEFAULT_HEALTHY_THRESHOLD)),
        int(group.get("HealthCheckIntervalSeconds", DEFAULT_INTERVAL_SECONDS)),
    )


def _deregistration_seconds(group: Mapping[str, Any]) -> float:
    attributes = {each["Key"]: each["Value"] for each in group.get("TargetGroupAttributes", [])}
    return float(attributes.get(DEREGISTRATION, DEFAULT_DEREGISTRATION_SECONDS))
