"""The network that environments run in: one of mockenv's own, or one that is there already."""

from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from pydantic import BeforeValidator, Discriminator, Field, Tag, field_validator, model_validator

from mockenv import names
from mockenv.settings.frozen import Frozen
from mockenv.settings.value_types import (
    GatewayLinkId,
    ListenerArn,
    NetworkRange,
    SecurityGroupId,
    SubnetId,
    VpcId,
    ZoneName,
)

MOST_LOAD_BALANCERS = 10
ZONES = 2


class Nat(StrEnum):
    """How tasks reach the internet (image registries)."""

    NONE = "none"
    INSTANCE = "instance"
    GATEWAY = "gateway"


class ExistingNetwork(Frozen):
    """A VPC that mockenv did not make. What is left out of listener and link is made in it."""

    vpc_id: VpcId = Field(description="The VPC: vpc-0a1b2c3d4e5f60718")
    task_subnet_ids: tuple[SubnetId, ...] = Field(
        min_length=2, max_length=6, description="Where tasks run, in zones that differ"
    )
    inner_subnet_ids: tuple[SubnetId, ...] = Field(
        default=(),
        max_length=6,
        description="Where load balancer and gateway link are; otherwise where tasks run",
    )
    public_tasks: bool = Field(
        default=False,
        description="Tasks have public addresses, for subnets that reach the internet that way",
    )
    listener_arn: ListenerArn | None = Field(
        default=None, description="HTTP listener of an internal load balancer that is there"
    )
    listener_port: int = Field(
        default=80, ge=1, le=65_535, description="The port that this listener listens on"
    )
    load_balancer_security_group_id: SecurityGroupId | None = Field(
        default=None, description="The group of that load balancer: tasks admit it"
    )
    gateway_link_id: GatewayLinkId | None = Field(
        default=None, description="VPC link that reaches that listener"
    )

    @field_validator("task_subnet_ids", "inner_subnet_ids")
    @classmethod
    def _different(cls, subnet_ids: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(subnet_ids)) < len(subnet_ids):
            raise ValueError("a subnet is named twice: each is in another zone")
        return subnet_ids

    @model_validator(mode="after")
    def _complete(self) -> "ExistingNetwork":
        if (self.listener_arn is None) != (self.load_balancer_security_group_id is None):
            raise ValueError(
                "listener_arn and load_balancer_security_group_id go together: give both or none"
            )
        if self.gateway_link_id is not None and self.listener_arn is None:
            raise ValueError("gateway_link_id needs the listener_arn that the link reaches")
        if "listener_port" in self.model_fields_set and self.listener_arn is None:
            raise ValueError("listener_port is that of listener_arn: add it, or remove the port")
        if 0 < len(self.inner_subnet_ids) < len(self.task_subnet_ids):
            raise ValueError(
                "inner_subnet_ids needs one in each zone of task_subnet_ids: a load balancer sends "
                "nothing to other zones"
            )
        return self


class Network(Frozen):
    """The shared network: its addresses, and how tasks reach the internet."""

    cidr: NetworkRange = Field(default="10.0.0.0/16", description="Addresses of the VPC")
    nat: Nat = Field(
        default=Nat.NONE,
        strict=False,
        description="How tasks reach image registries: none (public addresses that admit the load "
        "balancer alone), instance or gateway",
    )
    zones: tuple[ZoneName, ...] | None = Field(
        default=None,
        min_length=ZONES,
        max_length=ZONES,
        description="Zones of the VPC, where the region's first two don't take gateway links",
    )
    existing: ExistingNetwork | None = Field(
        default=None, description="The VPC to use, in place of one of mockenv's own"
    )
    load_balancers: tuple[int, ...] = Field(
        default=(1,),
        min_length=1,
        max_length=MOST_LOAD_BALANCERS,
        description="For each load balancer the number of the first pull request it may serve: "
        "[1, 480] are two",
    )

    @field_validator("load_balancers")
    @classmethod
    def _starts(cls, starts: tuple[int, ...]) -> tuple[int, ...]:
        if starts[0] != 1 or any(one >= following for one, following in pairwise(starts)):
            raise ValueError("the numbers rise from 1, such as [1, 480]")
        if starts[-1] > names.HIGHEST_PULL_REQUEST:
            raise ValueError(f"pull requests end at {names.HIGHEST_PULL_REQUEST}")
        return starts

    @field_validator("zones")
    @classmethod
    def _different(cls, zones: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if zones is not None and len(set(zones)) < len(zones):
            raise ValueError("a zone is named twice: a load balancer needs two")
        return zones

    @model_validator(mode="after")
    def _one_vpc(self) -> "Network":
        if self.existing is None:
            return self
        if {"cidr", "nat", "zones"} & self.model_fields_set:
            raise ValueError(
                "existing has its addresses, NAT and zones: remove cidr, nat and zones"
            )
        if self.existing.listener_arn is not None and len(self.load_balancers) > 1:
            raise ValueError("existing.listener_arn is one load balancer: remove load_balancers")
        return self


class NetworkKind(StrEnum):
    """Whose network an environment runs in, if no VPC of somebody else's is named."""

    SHARED = "shared"
    DEDICATED = "dedicated"


def _check_kind(kind: object) -> object:
    if kind not in tuple(NetworkKind):
        raise ValueError("shared, dedicated, or the keys of a VPC that is there: vpc_id, …")
    return kind


def _choice_form(value: object) -> str:
    return "network_ids" if isinstance(value, dict | ExistingNetwork) else "network_kind"


NetworkChoice = Annotated[
    Annotated[NetworkKind, Field(strict=False), BeforeValidator(_check_kind), Tag("network_kind")]
    | Annotated[ExistingNetwork, Tag("network_ids")],
    Discriminator(_choice_form),
]


def load_balancer_of(pull_request: int, starts: tuple[int, ...]) -> int:
    """Return which load balancer (from 1) serves a pull request, `starts` as in the settings.

    A pull request takes turns among the balancers that there were when it could first have been
    deployed, so a further balancer with a start above all pull requests moves none of them.
    """
    available = sum(start <= pull_request for start in starts)
    return 1 + pull_request % available
