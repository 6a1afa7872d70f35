"""The key of its own that a project may choose for what it stores; None means AWS's."""

from aws_cdk import Aws
from aws_cdk import aws_iam as iam

READ = ["kms:Decrypt"]
WRITE = ["kms:Decrypt", "kms:GenerateDataKey"]
# What those who read and write a table need (DynamoDB developer guide, "DynamoDB encryption at
# rest"), less the wildcards, and less the grant that only its creator makes.
KEEP_TABLE = [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
]


def key_permissions(
    kms_key: str | None, *, service: str, actions: list[str]
) -> list[iam.PolicyStatement]:
    """Allow the use of exactly this key through one service (`s3`); nothing without a key."""
    if kms_key is None:
        return []
    through = {"StringEquals": {"kms:ViaService": f"{service}.{Aws.REGION}.amazonaws.com"}}
    return [
        iam.PolicyStatement(
            sid=f"UseKeyThrough{service.capitalize()}",
            actions=actions,
            resources=[kms_key],
            conditions=through,
        )
    ]


def key_id(kms_key: str) -> str:
    """Return a key's id, for what takes no ARN."""
    return kms_key.rsplit("/", 1)[-1]
