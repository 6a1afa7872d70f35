"""A Lambda function that may do nothing but write its own log, until it is granted more."""

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import CfnResource
from aws_cdk import aws_iam as iam
from constructs import Construct

from mock_constructs.acknowledged import acknowledge, acknowledge_wildcards
from mock_constructs.uploaded_file import uploaded
from mock_constructs.written_log import WrittenLog
from mockenv.lambda_package import LambdaPackage

RUNTIME = "python3.13"
ARCHITECTURE = "arm64"
ACKNOWLEDGED = {
    "AwsSolutions-L1": "Python 3.13 is the newest that the tests of these functions ran on; Lambda "
    "supports it for years to come",
    "CKV_AWS_115": "A reservation is taken from what the account has: a new one has none to "
    "give, and a hundred environments would use up any",
    "CKV_AWS_116": "No call is lost without one: API Gateway and CloudFormation wait for the "
    "answer, and what a failed run of the reaper left, the next one does",
    "CKV_AWS_117": "It calls public addresses of AWS and of token issuers only; a network "
    "interface would hold up each deletion for 20 to 40 minutes",
    "CKV_AWS_173": "It holds names, public keys and digests of random tokens, no secret; Lambda "
    "encrypts it with its own key",
}


@dataclass(frozen=True)
class Program:
    """What a function runs (`handler` as module.function) and what it gets for that."""

    package: LambdaPackage
    handler: str
    timeout_seconds: int
    memory_mib: int


class PythonFunction(Construct):
    """A function from a built package, on ARM, with a role of its own.

    AWSLambdaBasicExecutionRole is not used: it may create log groups, which then outlive the
    stack (aws-cdk#31487). The function waits for its permissions: it may be called at once.
    Its resource is written out, as CDK's Lambda library takes a twentieth of a synth to load.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        program: Program,
        description: str,
        log: WrittenLog,
        environment: Mapping[str, str],
        function_name: str | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        permissions = self.role.add_to_principal_policy(log.writing())
        acknowledge_wildcards(self.role, log.wildcards())
        package = uploaded(
            self, "Code", path=program.package.archive, sha256=program.package.sha256
        )
        self.function = CfnResource(
            self,
            "Function",
            type="AWS::Lambda::Function",
            properties={
                **({"FunctionName": function_name} if function_name else {}),
                "Description": description,
                "Runtime": RUNTIME,
                "Architectures": [ARCHITECTURE],
                "Handler": program.handler,
                "Code": {"S3Bucket": package.bucket, "S3Key": package.key},
                "Timeout": program.timeout_seconds,
                "MemorySize": program.memory_mib,
                "Role": self.role.role_arn,
                "LoggingConfig": {"LogGroup": log.group_name},
                "Environment": {"Variables": dict(environment)},
            },
        )
        acknowledge(self.function, ACKNOWLEDGED)
        self.function_arn = self.function.get_att("Arn").to_string()
        if permissions.policy_dependable is not None:
            self.function.node.add_dependency(permissions.policy_dependable)
