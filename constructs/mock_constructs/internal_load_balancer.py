"""The internal load balancer, to whose listener each environment adds its rule."""

import json
from collections.abc import Sequence

from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct

from mock_constructs.security_groups import LISTENER_PORT

NO_ENVIRONMENT = {"message": "No environment answers for this address"}


class InternalLoadBalancer(Construct):
    """Reachable through the gateway link only; answers 404 where no environment's rule fits."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        vpc: ec2.IVpc,
        subnets: Sequence[ec2.ISubnet],
        security_group: ec2.ISecurityGroup,
    ) -> None:
        super().__init__(scope, construct_id)
        balancer = elb.ApplicationLoadBalancer(
            self,
            "LoadBalancer",
            vpc=vpc,
            internet_facing=False,
            vpc_subnets=ec2.SubnetSelection(subnets=subnets),
            security_group=security_group,
            drop_invalid_header_fields=True,
        )
        self.listener = balancer.add_listener(
            "Listener",
            port=LISTENER_PORT,
            protocol=elb.ApplicationProtocol.HTTP,
            open=False,
            default_action=elb.ListenerAction.fixed_response(
                404, content_type="application/json", message_body=json.dumps(NO_ENVIRONMENT)
            ),
        )
