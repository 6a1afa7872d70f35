"""Fills an environment's config bucket from what CDK uploaded."""

from typing import Any

from ttl_cleanup.registration.failure import RegistrationError
from ttl_cleanup.registration.packed_sources import MOST_PACKED_BYTES, unpack
from ttl_cleanup.registration.request import Registration, StoredFile


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
            raise RegistrationError(
                f"the packed mock sources have {answer['ContentLength']} bytes; at most "
                f"{MOST_PACKED_BYTES} are taken"
            )
        content: bytes = body.read()
    return content
