"""The shared network as an environment sees it: imported by published ids, never changed."""

from aws_cdk import Fn
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct

from mock_constructs.network import ZONES
from mock_constructs.published_ids import NetworkId, published_value
from mock_constructs.security_groups import LISTENER_PORT

# What CDK asks of imported networks; nothing of ours depends on it, and no template holds it.
_ZONES_UNUSED = [f"zone-{index}" for index in range(ZONES)]
_ROUTE_TABLE_UNUSED = "route-table"
_SECURITY_GROUP_UNUSED = "security-group"


class SharedNetwork(Construct):
    """What an environment needs of the network stack.

    `task_public_address` is ENABLED or DISABLED, as the network stack was deployed.
    """

    def __init__(self, scope: Construct, construct_id: str, *, project: str) -> None:
        super().__init__(scope, construct_id)
        self._project = project
        self.vpc = ec2.Vpc.from_vpc_attributes(
            self, "Vpc", vpc_id=self._value(NetworkId.VPC), availability_zones=_ZONES_UNUSED
        )
        self.task_subnets = self._subnets()
        self.task_public_address = self._value(NetworkId.TASK_PUBLIC_ADDRESS)
        self.task_security_group = self._task_security_group()
        self.cluster = ecs.Cluster.from_cluster_attributes(
            self, "Cluster", cluster_name=self._value(NetworkId.CLUSTER), vpc=self.vpc
        )
        self.listener_arn = self._value(NetworkId.LISTENER)
        self.listener = self._listener()
        self.gateway_link_id = self._value(NetworkId.GATEWAY_LINK)

    def _value(self, published: NetworkId) -> str:
        return published_value(self, project=self._project, published=published)

    def _task_security_group(self) -> ec2.ISecurityGroup:
        """Import the group as immutable: every environment's rules would pile up in it."""
        return ec2.SecurityGroup.from_security_group_id(
            self, "TaskGroup", self._value(NetworkId.TASK_SECURITY_GROUP), mutable=False
        )

    def _subnets(self) -> list[ec2.ISubnet]:
        ids = Fn.split(",", self._value(NetworkId.TASK_SUBNETS))
        return [
            ec2.Subnet.from_subnet_attributes(
                self,
                f"TaskSubnet{index}",
                subnet_id=Fn.select(index, ids),
                availability_zone=zone,
                route_table_id=_ROUTE_TABLE_UNUSED,
            )
            for index, zone in enumerate(_ZONES_UNUSED)
        ]

    def _listener(self) -> elb.IApplicationListener:
        group = ec2.SecurityGroup.from_security_group_id(
            self, "ListenerGroup", _SECURITY_GROUP_UNUSED, mutable=False
        )
        return elb.ApplicationListener.from_application_listener_attributes(
            self,
            "Listener",
            listener_arn=self.listener_arn,
            security_group=group,
            default_port=LISTENER_PORT,
        )
