"""The shared network stack: everything that is slow to create, once per project."""

from aws_cdk import Stack
from constructs import Construct

from mock_constructs.certificate import WildcardCertificate
from mock_constructs.cluster import TaskCluster
from mock_constructs.gateway_link import GatewayLink
from mock_constructs.internal_load_balancer import InternalLoadBalancer
from mock_constructs.network import SharedVpc
from mock_constructs.published_ids import NetworkId
from mock_constructs.publishing import publish
from mock_constructs.security_groups import SecurityGroups
from mock_constructs.stack_tags import shared_stack_tags
from mockenv import names
from mockenv.settings.domain import Domain
from mockenv.settings.network import Network


class NetworkStack(Stack):
    """VPC, cluster, load balancer, gateway link, and the certificate of a project's domain."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        project: str,
        network: Network,
        domain: Domain | None = None,
        kms_key: str | None = None,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=names.network_stack(project),
            description=f"Network that the mock environments of {project} share",
            tags=shared_stack_tags(project),
        )
        shared = SharedVpc(self, "Network", network=network)
        groups = SecurityGroups(self, "SecurityGroups", vpc=shared.vpc)
        shared.admit_to_nat(groups.tasks)
        cluster = TaskCluster(self, "Tasks", project=project, vpc=shared.vpc, kms_key=kms_key)
        balancer = InternalLoadBalancer(
            self,
            "Balancer",
            vpc=shared.vpc,
            subnets=shared.inner_subnets,
            security_group=groups.load_balancer,
        )
        link = GatewayLink(
            self,
            "GatewayLink",
            project=project,
            subnets=shared.inner_subnets,
            security_group=groups.gateway_link,
        )
        task_subnet_ids = [subnet.subnet_id for subnet in shared.task_subnets]
        publish(
            self,
            project=project,
            values={
                NetworkId.VPC: shared.vpc.vpc_id,
                NetworkId.TASK_SUBNETS: ",".join(task_subnet_ids),
                NetworkId.TASK_PUBLIC_ADDRESS: shared.task_public_address,
                NetworkId.TASK_SECURITY_GROUP: groups.tasks.security_group_id,
                NetworkId.LISTENER: balancer.listener.listener_arn,
                NetworkId.GATEWAY_LINK: link.link_id,
                NetworkId.CLUSTER: cluster.cluster.cluster_name,
            },
        )
        if domain is not None and domain.certificate_arn is None:
            certificate = WildcardCertificate(self, "Certificate", domain=domain)
            publish(self, project=project, values={NetworkId.CERTIFICATE: certificate.arn})
