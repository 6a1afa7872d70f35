"""The bucket that an environment's tasks are configured from."""

from typing import Any

from aws_cdk import Aws, CfnResource, Fn, RemovalPolicy
from constructs import Construct

from mock_constructs.acknowledged import acknowledge
from mockenv.settings.resolve import EnvironmentSettings

OLD_VERSIONS_KEPT_DAYS = 14
UPLOADS_ABANDONED_AFTER_DAYS = 1
PRIVATE = {
    "PublicAccessBlockConfiguration": {
        "BlockPublicAcls": True,
        "BlockPublicPolicy": True,
        "IgnorePublicAcls": True,
        "RestrictPublicBuckets": True,
    },
    "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
}
LOGS_WOULD_STAY = (
    "Only its environment's tasks and the registration touch it, and each says in its own log what "
    "it did; a bucket of access logs is written to for hours after a deletion and would stay"
)
ACKNOWLEDGED = {"AwsSolutions-S1": LOGS_WOULD_STAY, "CKV_AWS_18": LOGS_WOULD_STAY}
OLD_VERSIONS_GO = {
    "Id": "old-versions",
    "Status": "Enabled",
    "NoncurrentVersionExpiration": {"NoncurrentDays": OLD_VERSIONS_KEPT_DAYS},
    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": UPLOADS_ABANDONED_AFTER_DAYS},
    "ExpiredObjectDeleteMarker": True,
}


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


def bucket_encryption(kms_key: str | None) -> dict[str, Any]:
    """Encrypt with the project's key, or else with S3's own.

    A bucket key asks KMS once in a while in place of once for each object.
    """
    if kms_key is None:
        rule: dict[str, Any] = {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    else:
        by_default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": kms_key}
        rule = {"ServerSideEncryptionByDefault": by_default, "BucketKeyEnabled": True}
    return {"ServerSideEncryptionConfiguration": [rule]}


class ConfigBucket(Construct):
    """Versioned, encrypted, private. The registration empties it when the stack is deleted, after
    the tasks are gone: nothing writes to it then (aws-cdk#21776).

    Its resources are written out, as CDK's S3 library takes a fortieth of a synth to load.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, settings: EnvironmentSettings
    ) -> None:
        super().__init__(scope, construct_id)
        given_name = bucket_name(settings.project, settings.environment)
        bucket = CfnResource(
            self,
            "Bucket",
            type="AWS::S3::Bucket",
            properties={
                "BucketName": given_name,
                "BucketEncryption": bucket_encryption(settings.kms_key),
                **PRIVATE,
                "VersioningConfiguration": {"Status": "Enabled"},
                "LifecycleConfiguration": {"Rules": [OLD_VERSIONS_GO]},
            },
        )
        bucket.apply_removal_policy(RemovalPolicy.DESTROY)
        acknowledge(bucket, ACKNOWLEDGED)
        self.name = bucket.ref
        self.arn = bucket.get_att("Arn").to_string()
        # For who need not wait until the bucket exists.
        self.arn_by_name = f"arn:{Aws.PARTITION}:s3:::{given_name}"
        CfnResource(
            self,
            "Policy",
            type="AWS::S3::BucketPolicy",
            properties={"Bucket": self.name, "PolicyDocument": self._only_over_tls()},
        )

    @property
    def arn_of_objects(self) -> str:
        """The ARN that stands for all of its objects."""
        return f"{self.arn}/*"

    def _only_over_tls(self) -> dict[str, Any]:
        return {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Deny",
                    "Principal": {"AWS": "*"},
                    "Action": "s3:*",
                    "Resource": [self.arn, self.arn_of_objects],
                    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                }
            ],
        }
