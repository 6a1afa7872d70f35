"""A VPC of our own: two zones, public and private subnets, a way out for tasks."""

from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from mock_constructs.acknowledged import acknowledge
from mock_constructs.nat_instance import encrypt_disk, nat_instance, require_session_tokens
from mockenv.settings.network import ZONES, Nat, Network

NAMED_BY_CHOICE = "mockenv.yaml names the zones, as the region's first two don't all take links"


class NewVpc(Construct):
    """Where tasks of a project, or of one environment, run.

    Without NAT, tasks run in the public subnets with public addresses, which their security
    group closes to all but the load balancer. Zones come from the deployment's region unless
    they are named, so no look-up is needed at synth.
    """

    def __init__(self, scope: Construct, construct_id: str, *, network: Network) -> None:
        super().__init__(scope, construct_id)
        self._public_tasks = network.nat is Nat.NONE
        self._nat_instance = nat_instance() if network.nat is Nat.INSTANCE else None
        self.vpc = ec2.Vpc(
            self,
            "Vpc",
            ip_addresses=ec2.IpAddresses.cidr(network.cidr),
            max_azs=None if network.zones else ZONES,
            availability_zones=list(network.zones) if network.zones else None,
            nat_gateways=0 if network.nat is Nat.NONE else 1,
            nat_gateway_provider=self._nat_instance,
            subnet_configuration=_subnets(network.nat),
            # Closing it takes a Lambda of CDK's own; nothing of ours uses the default group.
            restrict_default_security_group=False,
        )
        if network.zones:
            acknowledge(self.vpc, {"W3010": NAMED_BY_CHOICE})
        if self._nat_instance is not None:
            require_session_tokens(self._nat_instance)
            encrypt_disk(self._nat_instance)
        # Image layers and mock sources come from S3: this way they cost nothing to move.
        self.vpc.add_gateway_endpoint("S3", service=ec2.GatewayVpcEndpointAwsService.S3)

    @property
    def task_subnets(self) -> list[ec2.ISubnet]:
        """The subnets that tasks run in."""
        return self.vpc.public_subnets if self._public_tasks else self.inner_subnets

    @property
    def task_public_address(self) -> str:
        """Whether a task needs a public address, in the words of ECS."""
        return "ENABLED" if self._public_tasks else "DISABLED"

    @property
    def inner_subnets(self) -> list[ec2.ISubnet]:
        """The private subnets, whatever way out they have."""
        return self.vpc.isolated_subnets + self.vpc.private_subnets

    def admit_to_nat(self, task_security_group: ec2.ISecurityGroup) -> None:
        """Let tasks through the NAT instance, if there is one."""
        if self._nat_instance is not None:
            self._nat_instance.connections.allow_from(
                task_security_group, ec2.Port.tcp(443), "Tasks on their way out"
            )


def _subnets(nat: Nat) -> list[ec2.SubnetConfiguration]:
    """Describe both kinds; their names and order stay, so that a change of NAT moves no subnet."""
    inner = (
        ec2.SubnetType.PRIVATE_ISOLATED if nat is Nat.NONE else ec2.SubnetType.PRIVATE_WITH_EGRESS
    )
    return [
        ec2.SubnetConfiguration(
            name="Public", subnet_type=ec2.SubnetType.PUBLIC, map_public_ip_on_launch=False
        ),
        ec2.SubnetConfiguration(name="Private", subnet_type=inner),
    ]
