"""A VPC that somebody else made; nothing in it is changed."""

from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from mock_constructs.imported import imported_subnets, imported_vpc
from mockenv.settings.network import ExistingNetwork


class ExistingVpc(Construct):
    """A VPC by its id, with the subnets that are ours to use in it.

    Its ids are known at synth, so that no call to AWS is needed for them.
    """

    def __init__(self, scope: Construct, construct_id: str, *, existing: ExistingNetwork) -> None:
        super().__init__(scope, construct_id)
        task_ids = existing.task_subnet_ids
        inner_ids = existing.inner_subnet_ids or task_ids
        zones = max(len(task_ids), len(inner_ids))
        self.vpc = imported_vpc(self, existing.vpc_id, zones=zones)
        self.task_subnets = imported_subnets(self, "TaskSubnet", task_ids)
        self.inner_subnets = imported_subnets(self, "InnerSubnet", inner_ids)
        self.task_public_address = "ENABLED" if existing.public_tasks else "DISABLED"

    def admit_to_nat(self, task_security_group: ec2.ISecurityGroup) -> None:
        """Leave its way out as it is: that belongs to whoever made the VPC."""
