"""What an environment needs of a network, whoever made it."""

from collections.abc import Sequence
from typing import Protocol

from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import IDependable


class EnvironmentNetwork(Protocol):
    """Where tasks run, and the way to them: gateway link, listener, security group.

    `task_public_address` is ENABLED or DISABLED. `load_balancer` counts the shared ones from 1; it
    is None for one that no other environment here uses. What a service or a gateway's stage needs
    is there before them and, on deletion, until they are gone.
    """

    vpc: ec2.IVpc
    task_subnets: Sequence[ec2.ISubnet]
    task_public_address: str
    task_security_group: ec2.ISecurityGroup
    cluster: ecs.ICluster
    listener: elb.IApplicationListener
    load_balancer: int | None
    gateway_link_id: str
    needed_by_service: Sequence[IDependable]
    needed_by_stage: Sequence[IDependable]
