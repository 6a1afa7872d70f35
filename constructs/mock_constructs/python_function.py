"""A Lambda function that may do nothing but write its own log, until it is granted more."""

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from mock_constructs.uploaded_file import uploaded
from mockenv.lambda_package import LambdaPackage

RUNTIME = "python3.13"
ARCHITECTURE = "arm64"


@dataclass(frozen=True)
class Program:
    """What a function runs (`handler` as module.function) and what it gets for that."""

    package: LambdaPackage
    handler: str
    timeout_seconds: int
    memory_mib: int


class PythonFunction(Construct):
    """A function from a built package, on ARM, with a role and a log group of its own.

    AWSLambdaBasicExecutionRole is not used: it may create log groups, which then outlive the
    stack (aws-cdk#31487). The function waits for its permissions: it may be called at once.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        program: Program,
        description: str,
        log_group: logs.ILogGroup,
        environment: Mapping[str, str],
        function_name: str | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        permissions = log_group.grant_write(self.role)
        package = uploaded(self, "Code", path=program.package.path, sha256=program.package.sha256)
        self.function = lambda_.CfnFunction(
            self,
            "Function",
            function_name=function_name,
            description=description,
            runtime=RUNTIME,
            architectures=[ARCHITECTURE],
            handler=program.handler,
            code=lambda_.CfnFunction.CodeProperty(s3_bucket=package.bucket, s3_key=package.key),
            timeout=program.timeout_seconds,
            memory_size=program.memory_mib,
            role=self.role.role_arn,
            logging_config=lambda_.CfnFunction.LoggingConfigProperty(
                log_group=log_group.log_group_name
            ),
            environment=lambda_.CfnFunction.EnvironmentProperty(variables=dict(environment)),
        )
        permissions.apply_before(self.function)
