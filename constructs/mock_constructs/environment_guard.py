"""Refuses the deletion of what deletes environments, as long as there are environments."""

from collections.abc import Iterable

from aws_cdk import Aws, CustomResource, Duration
from aws_cdk import aws_iam as iam
from constructs import Construct, IDependable

from mock_constructs.acknowledged import acknowledge_wildcards
from mock_constructs.python_function import Program, PythonFunction
from mock_constructs.stack_arns import stack_arns
from mock_constructs.written_log import CLEANUP_LOG_DAYS, owned_log
from mockenv.lambda_package import LambdaPackage

TIMEOUT_SECONDS = 90
SERVICE_TIMEOUT_SECONDS = 150  # above the function's own, so that its answer comes first
MEMORY_MIB = 256
SEES_ALL_STACKS = (
    "Without a stack's name, DescribeStacks and ListStacks ask for all of them; both only read"
)


class EnvironmentGuard(Construct):
    """A custom resource that depends on all else, so it is the first that a deletion comes to:
    while it refuses, nothing of the stack is gone yet.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        project: str,
        package: LambdaPackage,
        guarded: Iterable[IDependable],
        kms_key: str | None,
    ) -> None:
        super().__init__(scope, construct_id)
        function = self._function(project, package, kms_key)
        function.role.add_to_policy(
            iam.PolicyStatement(
                sid="SeeStacks",
                actions=["cloudformation:DescribeStacks", "cloudformation:ListStacks"],
                resources=[stack_arns("")],
            )
        )
        acknowledge_wildcards(function.role, {stack_arns(""): SEES_ALL_STACKS})
        resource = CustomResource(
            self,
            "Guard",
            resource_type="Custom::MockenvGuard",
            service_token=function.function_arn,
            service_timeout=Duration.seconds(SERVICE_TIMEOUT_SECONDS),
        )
        resource.node.add_dependency(*guarded)

    def _function(
        self, project: str, package: LambdaPackage, kms_key: str | None
    ) -> PythonFunction:
        log = owned_log(
            self,
            "Log",
            name=f"/mockenv/{project}/guard",
            retention_days=CLEANUP_LOG_DAYS,
            kms_key=kms_key,
        )
        return PythonFunction(
            self,
            "Function",
            program=Program(
                package, "ttl_cleanup.guard.handler.handler", TIMEOUT_SECONDS, MEMORY_MIB
            ),
            description=f"Keeps the TTL cleanup of {project} while there are environments",
            log=log,
            environment={"PROJECT": project, "ACCOUNT": Aws.ACCOUNT_ID},
        )
