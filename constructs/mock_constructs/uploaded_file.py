"""Files and folders that the CDK CLI uploads before a deployment."""

from pathlib import Path
from typing import NamedTuple

from aws_cdk import AssetStaging, FileAssetPackaging, Stack
from constructs import Construct


class UploadedFile(NamedTuple):
    """Where a file (a folder as a zip archive) lies in S3 by the time of the deployment."""

    bucket: str
    key: str


def uploaded(
    scope: Construct, construct_id: str, *, path: Path, sha256: str | None = None
) -> UploadedFile:
    """Have a file or folder uploaded; `sha256` (hex) saves reading it again if it is known.

    What aws_s3_assets.Asset does, less the S3 and region libraries that it loads at synth.
    """
    stack = Stack.of(scope)
    staging = AssetStaging(scope, construct_id, source_path=str(path), asset_hash=sha256)
    packaging = FileAssetPackaging.ZIP_DIRECTORY if path.is_dir() else FileAssetPackaging.FILE
    location = stack.synthesizer.add_file_asset(
        source_hash=staging.asset_hash,
        file_name=staging.relative_staged_path(stack),
        packaging=packaging,
        display_name=construct_id,
    )
    return UploadedFile(location.bucket_name, location.object_key)
