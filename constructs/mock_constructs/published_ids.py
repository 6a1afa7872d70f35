"""Ids that the shared stacks publish as SSM parameters, and how environments refer to them.

Not exports: an export in use would keep a shared stack from being changed (aws-cdk#7602).
"""

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


def parameter_name(project: str, published: NetworkId | TtlCleanupId) -> str:
    """Name the SSM parameter that holds a published id."""
    if isinstance(published, NetworkId):
        return names.network_parameter(project, published)
    return names.ttl_cleanup_parameter(project, published)


def published_value(scope: Construct, *, project: str, published: NetworkId | TtlCleanupId) -> str:
    """Refer to a published id; CloudFormation reads it anew at each deployment."""
    parameter = CfnParameter(
        scope,
        f"Published-{published}",
        type="AWS::SSM::Parameter::Value<String>",
        default=parameter_name(project, published),
    )
    owner = "Network" if isinstance(published, NetworkId) else "TtlCleanup"
    words = str(published).split("-")
    parameter.override_logical_id(owner + "".join(word.capitalize() for word in words))
    return parameter.value_as_string
