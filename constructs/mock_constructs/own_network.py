"""A network that an environment has for itself: made in its own stack, and gone with it."""

from collections.abc import Sequence

from aws_cdk import aws_ec2 as ec2
from constructs import Construct, IDependable

from mock_constructs.imported import shared_cluster
from mock_constructs.network_parts import make_network
from mock_constructs.rejected_traffic import REJECTED, log_rejected_traffic
from mockenv import names
from mockenv.settings.network import Network
from mockenv.settings.resolve import EnvironmentSettings

GROUP_RULES = (ec2.CfnSecurityGroupIngress, ec2.CfnSecurityGroupEgress)


class OwnNetwork(Construct):
    """All that the network stack holds but for the cluster, in a VPC of its own or a given one."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: EnvironmentSettings,
        network: Network,
    ) -> None:
        super().__init__(scope, construct_id)
        parts = make_network(
            self,
            name=names.environment_stack(settings.project, settings.environment),
            whose=f"environment {settings.environment}",
            network=network,
        )
        log_name = f"/mockenv/{settings.project}/{settings.environment}/{REJECTED}"
        log_rejected_traffic(self, place=parts.place, log_name=log_name, kms_key=settings.kms_key)
        self.vpc: ec2.IVpc = parts.place.vpc
        self.task_subnets: Sequence[ec2.ISubnet] = parts.place.task_subnets
        self.task_public_address = parts.place.task_public_address
        self.task_security_group: ec2.ISecurityGroup = parts.groups.tasks
        self.cluster = shared_cluster(self, project=settings.project, vpc=self.vpc)
        self.load_balancer: int | None = None
        self.listener = parts.listeners[0]
        self.gateway_link_id = parts.gateway_link_id
        self.needed_by_service = self._needed_by_service()
        # A link can't be deleted while a stage's deployment still refers to it.
        self.needed_by_stage: Sequence[IDependable] = parts.made_link

    def _needed_by_service(self) -> Sequence[IDependable]:
        """Return the routes out and what opens the groups: without either the first tasks fail.

        An internet gateway, which is behind its route, can't be detached either as long as there
        are tasks with public addresses.
        """
        routes = [subnet.internet_connectivity_established for subnet in self.task_subnets]
        return [*routes, *(part for part in self.node.find_all() if isinstance(part, GROUP_RULES))]
