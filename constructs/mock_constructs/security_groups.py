"""The chain of security groups: gateway link, load balancer, tasks; each admits the one before."""

from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from mockenv.names import MOCK_HOST_PORT
from mockenv.settings.network import ExistingNetwork

LISTENER_PORT = 80
HTTPS_PORT = 443


class SecurityGroups(Construct):
    """Three groups, shared by all who use the network; environments import them as immutable.

    A load balancer's group that is there already is imported: the rules that let requests through
    it are written to it, as resources of this stack, with which they go.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        vpc: ec2.IVpc,
        whose: str,
        existing: ExistingNetwork | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        self._vpc = vpc
        self._listener_port = existing.listener_port if existing else LISTENER_PORT
        self.load_balancer = self._load_balancer(existing)
        self.tasks = self._group("Tasks", f"The tasks of {whose}")
        self._admit(self.load_balancer, self.tasks, MOCK_HOST_PORT)
        self.tasks.add_egress_rule(
            ec2.Peer.any_ipv4(),
            ec2.Port.tcp(HTTPS_PORT),
            "Images, sources, logs",
        )

    def add_gateway_link(self) -> ec2.ISecurityGroup:
        """Make the first in line, for a link that is not there already."""
        group = self._group("GatewayLink", "Link of API Gateway to the load balancer")
        self._admit(group, self.load_balancer, self._listener_port)
        return group

    def _load_balancer(self, existing: ExistingNetwork | None) -> ec2.ISecurityGroup:
        if existing is None or existing.load_balancer_security_group_id is None:
            return self._group("LoadBalancer", "The internal load balancer")
        return ec2.SecurityGroup.from_security_group_id(
            self,
            "LoadBalancer",
            existing.load_balancer_security_group_id,
            # It may let nothing out but what rules say: then ours is the one it lacks.
            allow_all_outbound=False,
        )

    def _group(self, construct_id: str, description: str) -> ec2.SecurityGroup:
        return ec2.SecurityGroup(
            self, construct_id, vpc=self._vpc, description=description, allow_all_outbound=False
        )

    @staticmethod
    def _admit(source: ec2.ISecurityGroup, target: ec2.ISecurityGroup, port: int) -> None:
        """Open one port from group to group, at both ends."""
        target.connections.allow_from(source, ec2.Port.tcp(port), "From the one before in line")
