"""What networks import by its id, as much of it as CDK asks for and no more."""

from collections.abc import Sequence

from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct

from mock_constructs.published_ids import NetworkId, published_value
from mock_constructs.security_groups import LISTENER_PORT

# What CDK asks of imported things; nothing of ours depends on it, and no template holds it.
_ROUTE_TABLE_UNUSED = "route-table"
_SECURITY_GROUP_UNUSED = "security-group"


def imported_vpc(scope: Construct, vpc_id: str, *, zones: int) -> ec2.IVpc:
    """Import a VPC; without a look-up, so its zones are numbers only."""
    return ec2.Vpc.from_vpc_attributes(
        scope, "Vpc", vpc_id=vpc_id, availability_zones=[_zone(each) for each in range(zones)]
    )


def imported_subnets(
    scope: Construct, construct_id: str, subnet_ids: Sequence[str]
) -> list[ec2.ISubnet]:
    """Import subnets, each taken to be in a zone of its own."""
    return [
        ec2.Subnet.from_subnet_attributes(
            scope,
            f"{construct_id}{index}",
            subnet_id=subnet_id,
            availability_zone=_zone(index),
            route_table_id=_ROUTE_TABLE_UNUSED,
        )
        for index, subnet_id in enumerate(subnet_ids)
    ]


def imported_listener(
    scope: Construct, listener_arn: str, *, security_group: ec2.ISecurityGroup
) -> elb.IApplicationListener:
    """Import a listener to put rules on; CDK opens its group to what it forwards to."""
    return elb.ApplicationListener.from_application_listener_attributes(
        scope,
        "Listener",
        listener_arn=listener_arn,
        security_group=security_group,
        default_port=LISTENER_PORT,
    )


def untouched_group(scope: Construct, construct_id: str) -> ec2.ISecurityGroup:
    """Stand in for a group that no rule is written to, so that its id is not needed."""
    return ec2.SecurityGroup.from_security_group_id(
        scope, construct_id, _SECURITY_GROUP_UNUSED, mutable=False
    )


def shared_cluster(scope: Construct, *, project: str, vpc: ec2.IVpc) -> ecs.ICluster:
    """Import the project's cluster: it is in no VPC, so tasks of any network run in it."""
    name = published_value(scope, project=project, published=NetworkId.CLUSTER)
    return ecs.Cluster.from_cluster_attributes(scope, "Cluster", cluster_name=name, vpc=vpc)


def _zone(index: int) -> str:
    return f"zone-{index}"
