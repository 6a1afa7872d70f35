"""ECS's own blue-green deployment: a second target group, and the right to swap the two."""

from aws_cdk import Annotations
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elb
from aws_cdk import aws_iam as iam
from constructs import Construct

from mock_constructs.acknowledged import acknowledge, acknowledge_wildcards

# How long the old tasks stay beside the new ones, which have all requests by then: to go back.
BAKE_MINUTES = 5
EXPERIMENTAL = (
    "deployment: blue-green is experimental: it was never run on AWS, takes a second of the load "
    "balancer's 100 target groups, runs twice the tasks while it deploys, and an update that "
    "changes the load balancer's rule can undo the swap (docs/deployments.md)"
)
SAID_TWICE = "CDK has a service depend on the rule that its configuration names as well"
LOOKS_ONLY = (
    "The Describe calls of a load balancer know no resource to be narrowed to; they only read"
)
# They have no resources to name (Service Authorization Reference, "Elastic Load Balancing V2").
LOOKING = ("DescribeListeners", "DescribeRules", "DescribeTargetGroups", "DescribeTargetHealth")


class BlueGreen(Construct):
    """The group that a deployment brings its tasks to, and what ECS may do to swap it in."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        serving: elb.ApplicationTargetGroup,
        waiting: elb.ApplicationTargetGroup,
        rule: elb.ApplicationListenerRule,
    ) -> None:
        super().__init__(scope, construct_id)
        Annotations.of(self).add_warning_v2("mockenv:blue-green", EXPERIMENTAL)
        self.alternate_target = ecs.AlternateTarget(
            "AlternateTarget",
            alternate_target_group=waiting,
            production_listener=ecs.ListenerRuleConfiguration.application_listener_rule(rule),
            role=self._role(serving, waiting, rule),
        )

    def _role(
        self,
        serving: elb.ApplicationTargetGroup,
        waiting: elb.ApplicationTargetGroup,
        rule: elb.ApplicationListenerRule,
    ) -> iam.Role:
        """Make the role with its policy inside, so that the service waits for both.

        AWS's managed policy for it reaches every rule and target group of the account.
        """
        groups = [serving.target_group_arn, waiting.target_group_arn]
        statements = [
            _may(["RegisterTargets", "DeregisterTargets"], groups),
            _may(["ModifyRule"], [rule.listener_rule_arn]),
            _may(LOOKING, ["*"]),
        ]
        role = iam.Role(
            self,
            "SwapRole",
            assumed_by=iam.ServicePrincipal("ecs.amazonaws.com"),
            inline_policies={"Swap": iam.PolicyDocument(statements=statements)},
        )
        acknowledge_wildcards(role, {"*": LOOKS_ONLY})
        return role


def allow_rule_said_twice(service: ecs.FargateService) -> None:
    """Say why the service names its rule twice."""
    acknowledge(service, {"W3005": SAID_TWICE})


def _may(actions: tuple[str, ...] | list[str], resources: list[str]) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        actions=[f"elasticloadbalancing:{action}" for action in actions], resources=resources
    )
