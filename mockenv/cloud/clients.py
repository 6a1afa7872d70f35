"""The AWS clients of a command, each made when it is first needed."""

from functools import cached_property
from typing import Any

import boto3  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]

CONFIG = Config(retries={"mode": "standard", "max_attempts": 5}, connect_timeout=5, read_timeout=30)
# The longest function runs 280 seconds; a call that is repeated meanwhile would run it once more.
CALLING_ONCE = Config(
    retries={"mode": "standard", "total_max_attempts": 1}, connect_timeout=5, read_timeout=300
)


class Clients:
    """Clients for one profile and region, found as the AWS CLI finds them, AWS_ENDPOINT_URL too."""

    def __init__(self, profile: str | None = None, region: str | None = None) -> None:
        self._session = boto3.Session(profile_name=profile, region_name=region)

    @cached_property
    def cloudformation(self) -> Any:
        """A CloudFormation client."""
        return self._client("cloudformation")

    @cached_property
    def s3(self) -> Any:
        """An S3 client."""
        return self._client("s3")

    @cached_property
    def ecs(self) -> Any:
        """An ECS client."""
        return self._client("ecs")

    @cached_property
    def logs(self) -> Any:
        """A CloudWatch Logs client."""
        return self._client("logs")

    @cached_property
    def sts(self) -> Any:
        """An STS client."""
        return self._client("sts")

    @cached_property
    def ssm(self) -> Any:
        """A client of the parameter store."""
        return self._client("ssm")

    @cached_property
    def dynamodb(self) -> Any:
        """A DynamoDB client."""
        return self._client("dynamodb")

    @cached_property
    def tagging(self) -> Any:
        """A client of the resource groups tagging API."""
        return self._client("resourcegroupstaggingapi")

    @cached_property
    def load_balancing(self) -> Any:
        """A client of the load balancers' API."""
        return self._client("elbv2")

    @cached_property
    def functions(self) -> Any:
        """A Lambda client that waits for a function's end, and calls it once."""
        return self._client("lambda", CALLING_ONCE)

    def _client(self, service: str, config: Config = CONFIG) -> Any:
        return self._session.client(service, config=config)
