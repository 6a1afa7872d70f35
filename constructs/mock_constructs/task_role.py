"""A role that a task takes on, with its permissions inside."""

from collections.abc import Sequence

from aws_cdk import aws_iam as iam
from constructs import Construct


def task_role(
    scope: Construct, construct_id: str, *, statements: Sequence[iam.PolicyStatement]
) -> iam.Role:
    """Create a role for ECS tasks that may do what the statements say.

    A policy beside the role takes CloudFormation about as long again as the role, and the service
    waits for both (docs/creation.md). So what a role may do is given here: what is granted to it
    later holds as well, but in a policy of its own.
    """
    return iam.Role(
        scope,
        construct_id,
        assumed_by=iam.ServicePrincipal("ecs-tasks.amazonaws.com"),
        inline_policies={"Permissions": iam.PolicyDocument(statements=[*statements])},
    )
