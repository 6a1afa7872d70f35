"""A log of what a network of ours turned away."""

from aws_cdk import Aws
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from constructs import Construct

from mock_constructs.network import NewVpc
from mock_constructs.network_parts import Place
from mock_constructs.written_log import owned_log_group

AGGREGATED_SECONDS = 600
KEPT_DAYS = 7
REJECTED = "rejected-traffic"


def log_rejected_traffic(
    scope: Construct, *, place: Place, log_name: str, kms_key: str | None
) -> None:
    """Log it where the VPC is ours; in somebody else's it is theirs to say what is logged."""
    if isinstance(place, NewVpc):
        RejectedTraffic(scope, "RejectedTraffic", log_name=log_name, vpc=place.vpc, kms_key=kms_key)


class RejectedTraffic(Construct):
    """A flow log of rejected connections: who tried what at tasks that may have public addresses.

    What is let through is not logged here: all of it passed API Gateway, whose access log says
    more of it, and it is what would cost.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        log_name: str,
        vpc: ec2.IVpc,
        kms_key: str | None,
    ) -> None:
        super().__init__(scope, construct_id)
        log_group = owned_log_group(
            self,
            "Log",
            name=log_name,
            retention_days=KEPT_DAYS,
            kms_key=kms_key,
        )
        role = iam.Role(self, "Role", assumed_by=_flow_logs_of_this_account())
        permissions = log_group.grant(
            role, "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"
        )
        flow_log = ec2.CfnFlowLog(
            self,
            "FlowLog",
            resource_type="VPC",
            resource_id=vpc.vpc_id,
            traffic_type="REJECT",
            log_destination_type="cloud-watch-logs",
            log_group_name=log_group.log_group_name,
            deliver_logs_permission_arn=role.role_arn,
            max_aggregation_interval=AGGREGATED_SECONDS,
        )
        permissions.apply_before(flow_log)


def _flow_logs_of_this_account() -> iam.ServicePrincipal:
    """Let the service take the role for this account only (VPC user guide, "Flow log record")."""
    conditions = {"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}}
    return iam.ServicePrincipal("vpc-flow-logs.amazonaws.com", conditions=conditions)
