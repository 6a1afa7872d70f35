"""Fills an environment's config bucket from what CDK uploaded."""

from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from ttl_cleanup.environment_stack import EnvironmentStack
from ttl_cleanup.failure import RefusedError
from ttl_cleanup.registration.packed_sources import MOST_PACKED_BYTES, unpack
from ttl_cleanup.registration.request import Registration, StoredFile


def require_bucket(s3: Any, stack: EnvironmentStack) -> None:
    """Raise RefusedError unless the stack's bucket is there.

    Lambda may repeat a request minutes later (asynchronous invocation): that of a stack which is
    gone by then must not take the record from its successor.
    """
    try:
        s3.list_object_versions(Bucket=stack.bucket, MaxKeys=1)
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchBucket":
            raise
        raise RefusedError(
            f"bucket {stack.bucket} does not exist: its stack is gone, or its template is not "
            "mockenv's own"
        ) from error


def publish(s3: Any, wanted: Registration) -> None:
    """Bring a version and the mock host into the bucket; point to the version once it is whole.

    `s3` is a boto3 client. Versions and bundles are named after their content, so that a repeated
    request writes the same again.
    """
    bucket = wanted.stack.bucket
    for name, content in unpack(_read(s3, wanted.sources)):
        s3.put_object(Bucket=bucket, Key=f"versions/{wanted.version}/{name}", Body=content)
    s3.copy_object(
        Bucket=bucket,
        Key=f"mock_host/{wanted.mock_host_sha256}/mock_host.mjs",
        CopySource={"Bucket": wanted.mock_host.bucket, "Key": wanted.mock_host.key},
        TaggingDirective="REPLACE",  # copying tags would take permissions of its own
    )
    s3.put_object(
        Bucket=bucket,
        Key="current/version",
        Body=wanted.version.encode(),
        ContentType="text/plain",
    )


def _read(s3: Any, file: StoredFile) -> bytes:
    answer = s3.get_object(Bucket=file.bucket, Key=file.key)
    with answer["Body"] as body:
        if answer["ContentLength"] > MOST_PACKED_BYTES:
            raise RefusedError(
                f"the packed mock sources have {answer['ContentLength']} bytes; at most "
                f"{MOST_PACKED_BYTES} are taken"
            )
        content: bytes = body.read()
    return content
