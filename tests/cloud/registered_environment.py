"""The registry as the TTL cleanup stack leaves it, and records in it."""

from dataclasses import replace
from typing import Any

from aws_emulator import AwsEmulator
from cloud.deployed_environment import ENVIRONMENT, OUTPUTS, PROJECT, create_stack
from mockenv import names
from ttl_cleanup.registry.record import ACTIVE, Record
from ttl_cleanup.registry.table import RegistryTable

TABLE = "registry"
TTL_SECONDS = 28_800
MAX_TTL_SECONDS = 604_800


def publish_registry(emulator: AwsEmulator) -> RegistryTable:
    """Create the table and publish its name, as the shared stacks do."""
    emulator.client("ssm").put_parameter(
        Name=names.ttl_cleanup_parameter(PROJECT, "registry-table-name"),
        Value=emulator.registry(TABLE),
        Type="String",
    )
    return RegistryTable(emulator.client("dynamodb"), TABLE)


def tags(environment: str = ENVIRONMENT, ttl: str = "8h", **more: str) -> dict[str, str]:
    """Return the tags of an environment's stack."""
    own = {"project": PROJECT, "environment": environment, "ttl": ttl, **more}
    return {f"mockenv:{name}": value for name, value in own.items()}


def deploy(emulator: AwsEmulator, environment: str = ENVIRONMENT, ttl: str = "8h") -> str:
    """Create an environment's stack; return its id."""
    create_stack(emulator, tags=tags(environment, ttl), environment=environment)
    name = names.environment_stack(PROJECT, environment)
    described = emulator.client("cloudformation").describe_stacks(StackName=name)
    return str(described["Stacks"][0]["StackId"])


def record(stack_id: str, now: int, environment: str = ENVIRONMENT, **changes: Any) -> Record:
    """Return a record as the registration writes it at `now`."""
    first = Record(
        environment=environment,
        generation=1,
        stack_id=stack_id,
        state=ACTIVE,
        created_at=now,
        deployed_at=now,
        ttl_seconds=TTL_SECONDS,
        max_ttl_seconds=MAX_TTL_SECONDS,
        expires_at=now + TTL_SECONDS,
        url=OUTPUTS["Url"],
    )
    return replace(first, **changes)


def write(registry: RegistryTable, wanted: Record) -> Record:
    """Put a record there, whatever was."""
    registry.change(wanted.environment, lambda _: wanted)
    return wanted
