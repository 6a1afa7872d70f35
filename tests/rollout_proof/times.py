"""The times of a deployment, read from what is synthesized."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

SERVICE = "AWS::ECS::Service"
TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
LOAD_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
TASK = "AWS::ECS::TaskDefinition"
INTEGRATION = "AWS::ApiGatewayV2::Integration"
# Application Load Balancers, "Load balancer attributes".
DEFAULT_IDLE_SECONDS = "60"

Template = Mapping[str, Any]


@dataclass(frozen=True)
class Times:
    """What bounds the steps of a deployment; all but counts and percentages in seconds."""

    check_interval: float
    healthy_checks: int
    unhealthy_checks: int
    deregistration: float
    drain: float
    finish: float
    stop: float
    keep_alive: float
    idle: float
    grace: float
    longest_request: float
    bake: float
    least_percent: int
    most_percent: int

    def scaled(self, factor: float) -> "Times":
        """Return the same with every time multiplied."""
        return replace(
            self,
            check_interval=self.check_interval * factor,
            deregistration=self.deregistration * factor,
            drain=self.drain * factor,
            finish=self.finish * factor,
            stop=self.stop * factor,
            keep_alive=self.keep_alive * factor,
            idle=self.idle * factor,
            grace=self.grace * factor,
            longest_request=self.longest_request * factor,
            bake=self.bake * factor,
        )


def read_times(environment: Template, network: Template) -> Times:
    """Read the times of an environment's template, and of the network's that it runs in."""
    service, group = _first(environment, SERVICE), _first(environment, TARGET_GROUP)
    host, command = mock_host(environment), mock_host(environment)["Command"]
    deployment = service["DeploymentConfiguration"]
    delay = _attributes(group["TargetGroupAttributes"])["deregistration_delay.timeout_seconds"]
    balancer = _attributes(_first(network, LOAD_BALANCER)["LoadBalancerAttributes"])
    return Times(
        check_interval=group["HealthCheckIntervalSeconds"],
        healthy_checks=group["HealthyThresholdCount"],
        unhealthy_checks=group["UnhealthyThresholdCount"],
        deregistration=float(delay),
        drain=_told(command, "--drain-seconds"),
        finish=_told(command, "--finish-seconds"),
        stop=host["StopTimeout"],
        keep_alive=_told(command, "--keep-alive-seconds"),
        idle=float(balancer.get("idle_timeout.timeout_seconds", DEFAULT_IDLE_SECONDS)),
        grace=service["HealthCheckGracePeriodSeconds"],
        longest_request=_first(environment, INTEGRATION)["TimeoutInMillis"] / 1_000,
        bake=deployment.get("BakeTimeInMinutes", 0) * 60,
        least_percent=deployment["MinimumHealthyPercent"],
        most_percent=deployment["MaximumPercent"],
    )


def mock_host(environment: Template) -> Mapping[str, Any]:
    """Return the definition of the mock host's container."""
    containers = _first(environment, TASK)["ContainerDefinitions"]
    found: Mapping[str, Any] = next(each for each in containers if each["Name"] == "mock-host")
    return found


def _first(template: Template, kind: str) -> Mapping[str, Any]:
    resources = template["Resources"].values()
    found: Mapping[str, Any] = next(r["Properties"] for r in resources if r["Type"] == kind)
    return found


def _attributes(listed: list[Mapping[str, str]]) -> dict[str, str]:
    return {each["Key"]: each["Value"] for each in listed}


def _told(command: list[Any], option: str) -> float:
    return float(command[command.index(option) + 1])
