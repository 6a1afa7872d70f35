"""Empties a versioned bucket, so that CloudFormation can delete it."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from ttl_cleanup.failure import RefusedError

MOST_STALLED_BATCHES = 5


def empty_bucket(s3: Any, bucket: str, *, is_time_up: Callable[[], bool]) -> int:
    """Delete every version and delete marker; return how many there were.

    `s3` is a boto3 client. A bucket that does not exist is empty. Batches of up to 1,000 are taken
    from the list's start until it is empty, so that what failed comes up again. Raises
    RefusedError when nothing more can be deleted, or the time is up.
    """
    deleted = stalled = 0
    while batch := _first_batch(s3, bucket):
        errors = _delete(s3, bucket, batch)
        deleted += len(batch) - len(errors)
        stalled = stalled + 1 if len(errors) == len(batch) else 0
        if stalled >= MOST_STALLED_BATCHES:
            raise _stuck(bucket, errors)
        if is_time_up():
            raise RefusedError(
                f"bucket {bucket} is not empty yet: {deleted} objects are gone, delete the stack "
                "again to go on"
            )
    return deleted


def _first_batch(s3: Any, bucket: str) -> list[dict[str, str]]:
    try:
        page = s3.list_object_versions(Bucket=bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchBucket":
            return []
        raise
    found = page.get("Versions", []) + page.get("DeleteMarkers", [])
    return [{"Key": entry["Key"], "VersionId": entry["VersionId"]} for entry in found]


def _delete(s3: Any, bucket: str, batch: list[dict[str, str]]) -> list[dict[str, str]]:
    """Delete a batch; return S3's complaints: it says 200 even if objects could not be deleted."""
    answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": batch, "Quiet": True})
    errors: list[dict[str, str]] = answer.get("Errors", [])
    return errors


def _stuck(bucket: str, errors: list[dict[str, str]]) -> RefusedError:
    first = errors[0]
    return RefusedError(
        f"{len(errors)} objects of bucket {bucket} can't be deleted, such as "
        f"{first.get('Key')!r} ({first.get('Code')}): remove what holds them, then delete the "
        "stack again"
    )
