"""What the load balancer sends an environment's requests to: one group of targets, or two of which
one serves and the other waits for the next blue-green deployment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

HEALTHY = "healthy"


@dataclass(frozen=True)
class Target:
    """What the load balancer sends requests to; `reason` says why it is not healthy."""

    address: str
    health: str
    reason: str


@dataclass(frozen=True)
class TargetGroup:
    """A group with its targets; of several, requests go to those whose `weight` is above 0."""

    arn: str
    weight: int
    targets: Sequence[Target]

    @property
    def name(self) -> str:
        """The group's name, as the console shows it."""
        return self.arn.split("/")[1]

    @property
    def healthy(self) -> int:
        """How many targets are healthy."""
        return sum(target.health == HEALTHY for target in self.targets)


@dataclass(frozen=True)
class TargetGroups:
    """All groups of a service; `rule` is the ARN of the rule that swaps them, if one does."""

    groups: Sequence[TargetGroup]
    rule: str | None = None

    def repair(self) -> str | None:
        """Return the command that sends requests to healthy targets again; None if they go there.

        An update of the stack that changes the rule brings back the weights of the template, also
        when the other group serves since the last deployment (aws-cdk#36649).
        """
        misled = self.groups and not any(each.weight and each.healthy for each in self.groups)
        healthy = [group for group in self.groups if group.healthy]
        if self.rule is None or not misled or not healthy:
            return None
        weights = ",".join(
            f"{{TargetGroupArn={each.arn},Weight={100 if each is healthy[0] else 0}}}"
            for each in self.groups
        )
        actions = f"Type=forward,ForwardConfig={{TargetGroups=[{weights}]}}"
        return f"aws elbv2 modify-rule --rule-arn {self.rule} --actions '{actions}'"


def read_target_groups(load_balancing: Any, service: Mapping[str, Any]) -> TargetGroups:
    """Read the groups of what DescribeServices says of a service; the client is boto3's."""
    balancers = service.get("loadBalancers", [])
    advanced = [each.get("advancedConfiguration", {}) for each in balancers]
    arns = [each["targetGroupArn"] for each in balancers if "targetGroupArn" in each]
    arns += [each["alternateTargetGroupArn"] for each in advanced if each]
    rule = next((each["productionListenerRule"] for each in advanced if each), None)
    weights = _weights(load_balancing, rule) if rule else {}
    groups = [
        TargetGroup(arn, weights.get(arn, 0) if rule else 1, _targets(load_balancing, arn))
        for arn in dict.fromkeys(arns)
    ]
    return TargetGroups(groups, rule)


def _weights(load_balancing: Any, rule: str) -> dict[str, int]:
    (described,) = load_balancing.describe_rules(RuleArns=[rule])["Rules"]
    forwards = [action.get("ForwardConfig", {}) for action in described["Actions"]]
    groups = [group for forward in forwards for group in forward.get("TargetGroups", [])]
    return {group["TargetGroupArn"]: group.get("Weight", 1) for group in groups}


def _targets(load_balancing: Any, group: str) -> list[Target]:
    answer = load_balancing.describe_target_health(TargetGroupArn=group)
    return [
        Target(
            f"{each['Target']['Id']}:{each['Target'].get('Port', '')}",
            each["TargetHealth"]["State"],
            each["TargetHealth"].get("Description", ""),
        )
        for each in answer["TargetHealthDescriptions"]
    ]
