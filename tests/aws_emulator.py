"""A moto server on loopback: S3 and DynamoDB over real HTTP, without an AWS account."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import boto3  # type: ignore[import-untyped]
from moto.server import ThreadedMotoServer

REGION = "eu-central-1"
KEY_VARIABLES = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
}


@dataclass(frozen=True)
class AwsEmulator:
    """Where the emulator listens."""

    url: str

    def forget(self) -> None:
        """Reset moto: its servers share what they hold within a process."""
        address = urlsplit(self.url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
        connection.request("POST", "/moto-api/reset")
        assert connection.getresponse().status == 200
        connection.close()

    def client(self, service: str) -> Any:
        """Return a boto3 client of one service."""
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )

    def bucket(self, name: str, *, versioned: bool = False) -> str:
        """Create a bucket and return its name."""
        s3 = self.client("s3")
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
        if versioned:
            s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        return name

    def registry(self, name: str) -> str:
        """Create a table as the TTL cleanup stack does and return its name."""
        self.client("dynamodb").create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "environment", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "environment", "KeyType": "HASH"}],
        )
        return name


@contextmanager
def running_emulator() -> Iterator[AwsEmulator]:
    """Yield the emulator, empty."""
    emulator = _started()
    emulator.forget()
    yield emulator


@cache
def _started() -> AwsEmulator:
    """Start it on a free port, once for all tests: it ends with them.

    Several would hold the same things, as moto keeps them by process, and the end of each takes
    half a second.
    """
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    return AwsEmulator(f"http://{host}:{port}")
