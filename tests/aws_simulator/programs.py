"""The real programs, run in the simulated world."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

from aws_simulator.account import ACCOUNT, PROJECT, REGION
from aws_simulator.actor import Gate
from aws_simulator.cloudformation import CloudFormation
from aws_simulator.dynamodb import DynamoDb
from aws_simulator.others import Ecs, Sns, Tagging
from aws_simulator.s3 import S3
from aws_simulator.world import World
from ttl_cleanup.reaper.context import Clients, Context
from ttl_cleanup.reaper.guards import Guards
from ttl_cleanup.reaper.owner import Owner
from ttl_cleanup.registration.provider import Provider
from ttl_cleanup.registry.table import RegistryTable

REAPER_TIMEOUT_SECONDS = 300
AWS_ERRORS = (ClientError, BotoCoreError)
OWNER = Owner(PROJECT, ACCOUNT, REGION)


def quiet(_event: str, **_fields: object) -> None:
    """Log nothing."""


def new_world() -> World:
    """Return a world in which the real provider answers CloudFormation."""

    def answering(event: Any, gate: Gate) -> bool:
        return answer(world, event, gate)

    world = World(answering)
    return world


def reaper(
    world: World,
    gate: Gate,
    *,
    clock_ahead_seconds: int = 0,
    guards: Guards | None = None,
    log: Callable[..., None] = quiet,
) -> Context:
    """Return the context of a reaper's run that begins now."""
    began_at = world.time
    return Context(
        owner=OWNER,
        clients=Clients(
            cloudformation=CloudFormation(world, gate, "reaper"),
            deletion=CloudFormation(world, gate, "reaper"),
            s3=S3(world.storage, gate),
            ecs=Ecs(world, gate),
            tagging=Tagging(world, gate),
            sns=Sns(world, gate),
        ),
        registry=RegistryTable(DynamoDb(world.table, gate), "registry"),
        topic_arn="arn:aws:sns:eu-central-1:123456789012:notifications",
        now=lambda: int(world.time) + clock_ahead_seconds,
        monotonic=lambda: world.monotonic,
        is_time_up=lambda: world.time - began_at > REAPER_TIMEOUT_SECONDS - 30,
        log=log,
        guards=guards or Guards(),
    )


def provider(world: World, gate: Gate, *, clock_ahead_seconds: int = 0) -> Provider:
    """Return the registration's provider."""
    return Provider(
        project=PROJECT,
        s3=S3(world.storage, gate),
        cloudformation=CloudFormation(world, gate, "provider"),
        registry=RegistryTable(DynamoDb(world.table, gate), "registry"),
        now=lambda: int(world.time) + clock_ahead_seconds,
        is_time_up=lambda: False,
        log=quiet,
        log_name="/mockenv/payments/registration",
    )


def registry(world: World, gate: Gate) -> RegistryTable:
    """Return the registry as a command of a person uses it."""
    return RegistryTable(DynamoDb(world.table, gate), "registry")


def answer(world: World, event: Any, gate: Gate, clock_ahead_seconds: int = 0) -> bool:
    """Ask the provider; return whether it succeeded."""
    asked = provider(world, gate, clock_ahead_seconds=clock_ahead_seconds)
    return asked.answer(event).succeeded
