"""Ids that the shared stacks publish as SSM parameters, and how environments refer to them.

Not exports: an export in use would keep a shared stack from being changed (aws-cdk#7602).
"""

from dataclasses import dataclass
from enum import StrEnum

from aws_cdk import CfnParameter
from constructs import Construct

from mockenv import names


class NetworkId(StrEnum):
    """What the network stack publishes, below `/mockenv/<project>/network/`."""

    VPC = "vpc-id"
    TASK_SUBNETS = "task-subnet-ids"
    TASK_PUBLIC_ADDRESS = "task-public-address"
    TASK_SECURITY_GROUP = "task-security-group-id"
    LISTENER = "listener-arn"
    GATEWAY_LINK = "gateway-link-id"
    CLUSTER = "cluster-name"
    CERTIFICATE = "certificate-arn"  # only if the project has a domain, and no certificate for it


class TtlCleanupId(StrEnum):
    """What the TTL cleanup stack publishes, below `/mockenv/<project>/ttl-cleanup/`."""

    REGISTRY = "registry-table-name"
    NOTIFICATIONS = "notifications-topic-arn"
    REAPER = "reaper-function-name"


@dataclass(frozen=True)
class ListenerId:
    """The listener of a load balancer, counted from 1, as the network stack publishes it."""

    load_balancer: int

    def __str__(self) -> str:
        """Leave the first one's name as it is when others come."""
        first = str(NetworkId.LISTENER)
        return first if self.load_balancer == 1 else f"{first}-{self.load_balancer}"


PublishedId = NetworkId | ListenerId | TtlCleanupId


def parameter_name(project: str, published: PublishedId) -> str:
    """Name the SSM parameter that holds a published id."""
    if isinstance(published, TtlCleanupId):
        return names.ttl_cleanup_parameter(project, published)
    return names.network_parameter(project, str(published))


def published_value(scope: Construct, *, project: str, published: PublishedId) -> str:
    """Refer to a published id; CloudFormation reads it anew at each deployment."""
    parameter = CfnParameter(
        scope,
        f"Published-{published}",
        type="AWS::SSM::Parameter::Value<String>",
        default=parameter_name(project, published),
    )
    owner = "TtlCleanup" if isinstance(published, TtlCleanupId) else "Network"
    words = str(published).split("-")
    parameter.override_logical_id(owner + "".join(word.capitalize() for word in words))
    return parameter.value_as_string
