"""The shared network as an environment sees it: imported by published ids, never changed."""

from collections.abc import Sequence

from aws_cdk import Fn
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct, IDependable

from mock_constructs.imported import (
    imported_listener,
    imported_subnets,
    imported_vpc,
    shared_cluster,
    untouched_group,
)
from mock_constructs.published_ids import ListenerId, NetworkId, published_value
from mockenv.settings.network import ZONES
from mockenv.settings.resolve import EnvironmentSettings


class SharedNetwork(Construct):
    """What an environment needs of the network stack, as that was deployed."""

    def __init__(
        self, scope: Construct, construct_id: str, *, settings: EnvironmentSettings
    ) -> None:
        super().__init__(scope, construct_id)
        self._project = settings.project
        existing = settings.network.existing
        zones = len(existing.task_subnet_ids) if existing else ZONES
        self.vpc = imported_vpc(self, self._value(NetworkId.VPC), zones=zones)
        self.task_subnets = self._task_subnets(zones)
        self.task_public_address = self._value(NetworkId.TASK_PUBLIC_ADDRESS)
        self.task_security_group = self._task_security_group()
        self.cluster = shared_cluster(self, project=settings.project, vpc=self.vpc)
        self.load_balancer: int | None = settings.load_balancer
        self.listener = self._listener(settings.load_balancer)
        self.gateway_link_id = self._value(NetworkId.GATEWAY_LINK)
        self.needed_by_service: Sequence[IDependable] = ()
        self.needed_by_stage: Sequence[IDependable] = ()

    def _value(self, published: NetworkId | ListenerId) -> str:
        return published_value(self, project=self._project, published=published)

    def _listener(self, load_balancer: int) -> elb.IApplicationListener:
        listener_arn = self._value(ListenerId(load_balancer))
        group = untouched_group(self, "ListenerGroup")
        return imported_listener(self, listener_arn, security_group=group)

    def _task_subnets(self, count: int) -> Sequence[ec2.ISubnet]:
        ids = Fn.split(",", self._value(NetworkId.TASK_SUBNETS))
        return imported_subnets(
            self, "TaskSubnet", [Fn.select(index, ids) for index in range(count)]
        )

    def _task_security_group(self) -> ec2.ISecurityGroup:
        """Import the group as immutable: every environment's rules would pile up in it."""
        return ec2.SecurityGroup.from_security_group_id(
            self, "TaskGroup", self._value(NetworkId.TASK_SECURITY_GROUP), mutable=False
        )
