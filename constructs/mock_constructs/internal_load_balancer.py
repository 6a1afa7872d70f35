"""The internal load balancer, to whose listener each environment adds its rule."""

import json
from collections.abc import Sequence

from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct

from mock_constructs.acknowledged import acknowledge
from mock_constructs.security_groups import LISTENER_PORT

LOGGED_BEFORE = (
    "Whatever reaches it came through API Gateway, whose access log has each request with the "
    "mock's own status and latency; a bucket of logs would keep the stack from being deleted"
)
INSIDE_ONLY = (
    "HTTPS ends at API Gateway; a private link leads on into private subnets, and its group "
    "admits that link only. A certificate here would need a domain that each project has to own"
)
ACKNOWLEDGED = {
    "AwsSolutions-ELB2": LOGGED_BEFORE,
    "CKV_AWS_91": LOGGED_BEFORE,
    "CKV_AWS_2": INSIDE_ONLY,
    "CKV_AWS_103": INSIDE_ONLY,
}
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
        acknowledge(self, ACKNOWLEDGED)
        self.listener = balancer.add_listener(
            "Listener",
            port=LISTENER_PORT,
            protocol=elb.ApplicationProtocol.HTTP,
            open=False,
            default_action=elb.ListenerAction.fixed_response(
                404, content_type="application/json", message_body=json.dumps(NO_ENVIRONMENT)
            ),
        )
