"""The VPC link through which gateways reach the load balancers."""

from collections.abc import Sequence

from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_ec2 as ec2
from constructs import Construct


class GatewayLink(Construct):
    """One link for all environments: an account has 10, and each takes minutes to create.

    A link is immutable: other subnets or groups replace it, under live environments.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        subnets: Sequence[ec2.ISubnet],
        security_group: ec2.ISecurityGroup,
    ) -> None:
        super().__init__(scope, construct_id)
        link = apigateway.CfnVpcLink(
            self,
            "Link",
            name=name,
            subnet_ids=[subnet.subnet_id for subnet in subnets],
            security_group_ids=[security_group.security_group_id],
        )
        self.link_id = link.ref
