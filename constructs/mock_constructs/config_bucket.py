"""The bucket that an environment's tasks are configured from."""

from aws_cdk import Aws, Duration, Fn, RemovalPolicy
from aws_cdk import aws_s3 as s3
from constructs import Construct

from mockenv.settings.resolve import EnvironmentSettings

OLD_VERSIONS_KEPT_DAYS = 14
UPLOADS_ABANDONED_AFTER_DAYS = 1


def bucket_name_pattern(project: str) -> str:
    """Match the config buckets of all of a project's environments; a project has no hyphen."""
    return f"mockenv-{project}-*"


def bucket_name(project: str, environment: str) -> str:
    """Name the bucket of one generation of an environment, at most 59 characters.

    The end is the start of the stack id's UUID: a name that was just deleted can't be taken again
    for a while (S3 user guide, "Deleting a bucket"), and a pull request that is reopened must not
    wait. The registration derives the same name from the id of the stack that calls it.
    """
    stack_uuid = Fn.select(2, Fn.split("/", Aws.STACK_ID))
    groups = Fn.split("-", stack_uuid)
    return Fn.join(
        "-", ["mockenv", project, environment, Fn.select(0, groups), Fn.select(1, groups)]
    )


class ConfigBucket(Construct):
    """Versioned, encrypted, private. The registration empties it when the stack is deleted, after
    the tasks are gone: nothing writes to it then (aws-cdk#21776).
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, settings: EnvironmentSettings
    ) -> None:
        super().__init__(scope, construct_id)
        self.bucket = s3.Bucket(
            self,
            "Bucket",
            bucket_name=bucket_name(settings.project, settings.environment),
            versioned=True,
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            removal_policy=RemovalPolicy.DESTROY,
            lifecycle_rules=[
                s3.LifecycleRule(
                    id="old-versions",
                    noncurrent_version_expiration=Duration.days(OLD_VERSIONS_KEPT_DAYS),
                    abort_incomplete_multipart_upload_after=Duration.days(
                        UPLOADS_ABANDONED_AFTER_DAYS
                    ),
                    expired_object_delete_marker=True,
                )
            ],
        )
