"""An environment in an emulator of AWS, for commands to work on."""

import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3  # type: ignore[import-untyped]
from moto.server import ThreadedMotoServer

from mockenv import names
from ttl_cleanup.registry.record import ACTIVE, Record
from ttl_cleanup.registry.table import RegistryTable

PROJECT = "shop"
ENVIRONMENT = "pr-7"
TABLE = "registry"
TTL_SECONDS = 28_800
TEMPLATE = json.dumps({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}})
KEYS = {
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@contextmanager
def deployed_environment() -> Iterator[dict[str, str]]:
    """Yield the environment variables by which a program finds the emulator."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # or it writes a line for each request
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        url = f"http://{host}:{port}"
        _deploy(url)
        yield KEYS | {"AWS_ENDPOINT_URL": url}
    finally:
        server.stop()


def _deploy(url: str) -> None:
    """Leave behind what the shared stacks and a deploy do, as far as commands look at it."""
    table = RegistryTable(_client("dynamodb", url), TABLE)
    table.client.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "environment", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "environment", "KeyType": "HASH"}],
    )
    parameter = names.ttl_cleanup_parameter(PROJECT, "registry-table-name")
    _client("ssm", url).put_parameter(Name=parameter, Value=TABLE, Type="String")
    tags = {"project": PROJECT, "environment": ENVIRONMENT, "ttl": "8h"}
    stack = _client("cloudformation", url).create_stack(
        StackName=names.environment_stack(PROJECT, ENVIRONMENT),
        TemplateBody=TEMPLATE,
        Tags=[{"Key": f"mockenv:{key}", "Value": value} for key, value in tags.items()],
    )
    table.change(ENVIRONMENT, lambda _: _record(stack["StackId"]))


def _record(stack_id: str) -> Record:
    now = int(time.time())
    return Record(
        ENVIRONMENT,
        generation=1,
        stack_id=stack_id,
        state=ACTIVE,
        created_at=now,
        deployed_at=now,
        ttl_seconds=TTL_SECONDS,
        expires_at=now + TTL_SECONDS,
    )


def _client(service: str, url: str) -> Any:
    return boto3.client(
        service,
        endpoint_url=url,
        region_name=KEYS["AWS_DEFAULT_REGION"],
        aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
    )
