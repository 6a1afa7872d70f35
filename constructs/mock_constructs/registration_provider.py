"""The function behind every environment's registration, and what it may do."""

from aws_cdk import Aws, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from constructs import Construct

from mock_constructs.acknowledged import acknowledge_wildcards
from mock_constructs.config_bucket import bucket_name_pattern
from mock_constructs.encryption_key import KEEP_TABLE, WRITE, key_permissions
from mock_constructs.python_function import Program, PythonFunction
from mock_constructs.stack_arns import stack_arns
from mock_constructs.written_log import CLEANUP_LOG_DAYS, owned_log
from mockenv import names
from mockenv.lambda_package import LambdaPackage

TIMEOUT_SECONDS = 360
MEMORY_MIB = 1024  # holds the packed sources and the largest file of them


class RegistrationProvider(Construct):
    """A function under a fixed name: CloudFormation can't change a custom resource's provider."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        project: str,
        package: LambdaPackage,
        registry: dynamodb.ITable,
        kms_key: str | None,
    ) -> None:
        super().__init__(scope, construct_id)
        log = owned_log(
            self,
            "Log",
            name=f"/mockenv/{project}/registration",
            retention_days=CLEANUP_LOG_DAYS,
            kms_key=kms_key,
        )
        provider = PythonFunction(
            self,
            "Provider",
            program=Program(
                package, "ttl_cleanup.registration.handler.handler", TIMEOUT_SECONDS, MEMORY_MIB
            ),
            function_name=names.registration_function(project),
            description="Registers environments; fills and empties their config buckets",
            log=log,
            environment={"PROJECT": project, "REGISTRY_TABLE": registry.table_name},
        )
        for statement in _permissions(Stack.of(self), project, registry):
            provider.role.add_to_policy(statement)
        for service, actions in (("s3", WRITE), ("dynamodb", KEEP_TABLE)):
            for statement in key_permissions(kms_key, service=service, actions=actions):
                provider.role.add_to_policy(statement)
        acknowledge_wildcards(provider.role, _wildcards(Stack.of(self), project))


def _permissions(
    stack: Stack, project: str, registry: dynamodb.ITable
) -> list[iam.PolicyStatement]:
    config_buckets = bucket_name_pattern(project)
    own_account = {"StringEquals": {"aws:ResourceAccount": Aws.ACCOUNT_ID}}
    return [
        iam.PolicyStatement(
            sid="ReadDeployedFiles",
            actions=["s3:GetObject"],
            resources=[_s3_arn(f"{_asset_bucket(stack)}/*")],
            conditions=own_account,
        ),
        iam.PolicyStatement(
            sid="ListConfigBuckets",
            actions=["s3:ListBucketVersions"],
            resources=[_s3_arn(config_buckets)],
            conditions=own_account,
        ),
        iam.PolicyStatement(
            sid="FillAndEmptyConfigBuckets",
            actions=["s3:PutObject", "s3:DeleteObjectVersion"],
            resources=[_s3_arn(f"{config_buckets}/*")],
            conditions=own_account,
        ),
        iam.PolicyStatement(
            sid="SeeWhetherAStackIsDeployed",
            actions=["cloudformation:DescribeStacks"],
            resources=[stack_arns(names.environment_stack_prefix(project))],
        ),
        iam.PolicyStatement(
            sid="KeepRecords",
            actions=["dynamodb:GetItem", "dynamodb:PutItem"],
            resources=[registry.table_arn],
        ),
    ]


def _wildcards(stack: Stack, project: str) -> dict[str, str]:
    config_buckets = _s3_arn(bucket_name_pattern(project))
    environments = stack_arns(names.environment_stack_prefix(project))
    return {
        _s3_arn(f"{_asset_bucket(stack)}/*"): "Deployed files lie in CDK's own bucket under their "
        "digests, which change with each deploy; it reads them only, in this account",
        config_buckets: "Environments, and so their buckets, come after this role; the name holds "
        "the project, and the account must be this one",
        f"{config_buckets}/*": "The files of those buckets, to fill and empty them",
        environments: "The project's environments, whose stacks come after this role; it only "
        "looks at them",
    }


def _asset_bucket(stack: Stack) -> str:
    qualifier = stack.synthesizer.bootstrap_qualifier
    return f"cdk-{qualifier}-assets-{Aws.ACCOUNT_ID}-{Aws.REGION}"


def _s3_arn(resource: str) -> str:
    return f"arn:{Aws.PARTITION}:s3:::{resource}"
