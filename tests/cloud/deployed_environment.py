"""An environment as a deployment leaves it: its stack, and the bucket with a first version."""

import json
from pathlib import Path
from typing import Any

from aws_emulator import AwsEmulator
from mockenv import names
from mockenv.settings.resolve import resolve_environment
from mockenv.sources import write_sources

PROJECT = "shop"
ENVIRONMENT = "pr-7"
BUCKET = "mockenv-shop-pr-7-0a1b2c3d-4e5f"
DOCUMENT = """\
openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /items:
    get:
      responses:
        '200':
          description: all
          content: {application/json: {example: {count: 1}, schema: {type: object}}}
"""
SETTINGS = """\
project: shop
mocks:
  shop: {path: /, spec: shop.yaml}
  ledger: {path: /ledger, engine: mockserver, expectations: ledger.json}
defaults: {size: large}
"""
OUTPUTS = {
    "Url": "https://abc.execute-api.eu-central-1.amazonaws.com",
    "ConfigBucket": BUCKET,
    "Cluster": "mockenv-shop",
    "Service": "mocks",
    "LoadBalancer": "1",
    "Environment": ENVIRONMENT,
    "TaskLog": "/mockenv/shop/tasks",
}


def settings_in(folder: Path) -> Path:
    """Write a settings file with its documents; return its path."""
    folder.mkdir(exist_ok=True)
    (folder / "shop.yaml").write_text(DOCUMENT)
    (folder / "ledger.json").write_text("[]")
    file = folder / "mockenv.yaml"
    file.write_text(SETTINGS)
    return file


def create_stack(
    emulator: AwsEmulator,
    tags: dict[str, str] | None = None,
    environment: str = ENVIRONMENT,
) -> None:
    """Create a stack with the outputs that commands read."""
    own_tags = {names.TAG_PROJECT: PROJECT, names.TAG_ENVIRONMENT: environment}
    bucket = BUCKET.replace(ENVIRONMENT, environment)
    template: dict[str, Any] = {
        "Resources": {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": bucket}}},
        "Outputs": {
            name: {"Value": value}
            for name, value in (OUTPUTS | {"Environment": environment}).items()
        },
    }
    emulator.client("cloudformation").create_stack(
        StackName=names.environment_stack(PROJECT, environment),
        TemplateBody=json.dumps(template),
        Tags=[{"Key": k, "Value": v} for k, v in (own_tags if tags is None else tags).items()],
    )
    # moto's CloudFormation leaves this property out.
    emulator.client("s3").put_bucket_versioning(
        Bucket=bucket, VersioningConfiguration={"Status": "Enabled"}
    )


def register(emulator: AwsEmulator, file: Path, folder: Path) -> str:
    """Bring a settings file's sources into the bucket, as the registration does."""
    version = write_sources(resolve_environment(file, ENVIRONMENT), folder)
    s3 = emulator.client("s3")
    for path in (path for path in folder.rglob("*") if path.is_file()):
        key = f"versions/{version}/{path.relative_to(folder).as_posix()}"
        s3.put_object(Bucket=BUCKET, Key=key, Body=path.read_bytes())
    s3.put_object(Bucket=BUCKET, Key="current/version", Body=version.encode())
    return version
