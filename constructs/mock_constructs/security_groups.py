"""The chain of security groups: gateway link, load balancer, tasks; each admits the one before."""

from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from mockenv.names import MOCK_HOST_PORT

LISTENER_PORT = 80
HTTPS_PORT = 443


class SecurityGroups(Construct):
    """Three groups, shared by all environments; environments import them as immutable."""

    def __init__(self, scope: Construct, construct_id: str, *, vpc: ec2.IVpc) -> None:
        super().__init__(scope, construct_id)
        self._vpc = vpc
        self.gateway_link = self._group("GatewayLink", "Link of API Gateway to the load balancer")
        self.load_balancer = self._group("LoadBalancer", "The internal load balancer")
        self.tasks = self._group("Tasks", "The tasks of all environments")
        self._admit(self.gateway_link, self.load_balancer, LISTENER_PORT)
        self._admit(self.load_balancer, self.tasks, MOCK_HOST_PORT)
        self.tasks.add_egress_rule(
            ec2.Peer.any_ipv4(),
            ec2.Port.tcp(HTTPS_PORT),
            "Images, sources, logs",
        )

    def _group(self, construct_id: str, description: str) -> ec2.SecurityGroup:
        return ec2.SecurityGroup(
            self, construct_id, vpc=self._vpc, description=description, allow_all_outbound=False
        )

    @staticmethod
    def _admit(source: ec2.SecurityGroup, target: ec2.SecurityGroup, port: int) -> None:
        """Open one port from group to group, at both ends."""
        target.connections.allow_from(source, ec2.Port.tcp(port), "From the one before in line")
