"""What the reaper may do: see stacks, delete environments, remove what keeps them, tell people."""

from aws_cdk import Aws
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns

from mock_constructs.config_bucket import bucket_name_pattern
from mock_constructs.stack_arns import stack_arns
from mockenv import names


def reaper_permissions(
    project: str, qualifier: str, registry: dynamodb.ITable, topic: sns.ITopic
) -> list[iam.PolicyStatement]:
    """Return the statements; none changes a role or a termination protection.

    CloudFormation deletes with the role that the stack was deployed with, CDK's, and not with the
    reaper's permissions (CloudFormation API, DeleteStack: RoleARN).
    """
    environments = stack_arns(names.environment_stack_prefix(project))
    of_project = {"StringEquals": {f"aws:ResourceTag/{names.TAG_PROJECT}": project}}
    own_account = {"StringEquals": {"aws:ResourceAccount": Aws.ACCOUNT_ID}}
    buckets = _buckets(project)
    return [
        # Without a stack's name, DescribeStacks asks for both, on stack/*/* (cloudstructs#215).
        _allow(
            "SeeStacks",
            ["cloudformation:DescribeStacks", "cloudformation:ListStacks"],
            stack_arns(""),
        ),
        _allow("DeleteEnvironments", ["cloudformation:DeleteStack"], environments, of_project),
        _allow("SeeServices", ["cloudformation:ListStackResources"], environments),
        _allow("StopServices", ["ecs:UpdateService"], _services(), of_project),
        _allow("SeeObjects", ["s3:ListBucketVersions"], buckets, own_account),
        _allow("EmptyBuckets", ["s3:DeleteObjectVersion"], f"{buckets}/*", own_account),
        # Has no resources to be narrowed to (service authorization reference).
        _allow("SeeLeftovers", ["tag:GetResources"], "*"),
        _allow(
            "KeepRecords",
            ["dynamodb:Scan", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"],
            registry.table_arn,
        ),
        _allow("TellPeople", ["sns:Publish"], topic.topic_arn),
        _pass_deploy_role(qualifier),
    ]


def reaper_wildcards(project: str) -> dict[str, str]:
    """Return why each resource with a wildcard is as wide as it is."""
    environments, buckets = stack_arns(names.environment_stack_prefix(project)), _buckets(project)
    return {
        stack_arns(""): "Without a stack's name, DescribeStacks and ListStacks ask for all of "
        "them; both only read",
        environments: "The project's environments, which come after this role; to be deleted a "
        "stack needs the project's tag as well",
        _services(): "A service's name is made by CloudFormation; it is stopped only if it has the "
        "project's tag",
        buckets: "Environments, and so their buckets, come after this role; the name holds the "
        "project, and the account must be this one",
        f"{buckets}/*": "The files of those buckets, whose old versions would keep a stack",
        "*": "tag:GetResources knows no resource to be narrowed to; it only reads",
    }


def _buckets(project: str) -> str:
    return f"arn:{Aws.PARTITION}:s3:::{bucket_name_pattern(project)}"


def _services() -> str:
    return f"arn:{Aws.PARTITION}:ecs:{Aws.REGION}:{Aws.ACCOUNT_ID}:service/*"


def _pass_deploy_role(qualifier: str) -> iam.PolicyStatement:
    """Let CloudFormation go on with the role that stacks are deployed with.

    Its user guide says so ("CloudFormation service role"), though earlier editions said the
    opposite. Nothing else can be done with it: the reaper can neither create nor update a stack.
    """
    role = f"cdk-{qualifier}-cfn-exec-role-{Aws.ACCOUNT_ID}-{Aws.REGION}"
    to_cloudformation = {"StringEquals": {"iam:PassedToService": "cloudformation.amazonaws.com"}}
    arn = f"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}:role/{role}"
    return _allow("GoOnWithTheDeployRole", ["iam:PassRole"], arn, to_cloudformation)


def _allow(
    sid: str,
    actions: list[str],
    resource: str,
    conditions: dict[str, dict[str, str]] | None = None,
) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        sid=sid, actions=actions, resources=[resource], conditions=conditions
    )
