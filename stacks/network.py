"""The shared network stack: everything that is slow to create, once per project."""

from collections.abc import Mapping

from aws_cdk import Stack
from constructs import Construct

from mock_constructs.certificate import WildcardCertificate
from mock_constructs.cluster import TaskCluster
from mock_constructs.dashboard import Dashboard
from mock_constructs.metric_dimensions import load_balancer_full_name
from mock_constructs.network_parts import NetworkParts, make_network
from mock_constructs.published_ids import ListenerId, NetworkId, PublishedId
from mock_constructs.publishing import publish
from mock_constructs.rejected_traffic import REJECTED, log_rejected_traffic
from mock_constructs.reload_metrics import ReloadMetrics
from mock_constructs.saved_queries import SavedQueries
from mock_constructs.shared_logs import SharedLogs
from mock_constructs.stack_tags import shared_stack_tags
from mockenv import names
from mockenv.log_queries import Log
from mockenv.settings.domain import Domain
from mockenv.settings.network import Network


class NetworkStack(Stack):
    """VPC, cluster, load balancers, gateway link, logs, dashboard, certificate of an own domain.

    `kms_key` is the ARN of a key that encrypts logs and tasks' own storage.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        project: str,
        network: Network,
        log_retention_days: int,
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
        parts = make_network(
            self, name=f"mockenv-{project}", whose="all environments", network=network
        )
        log_rejected_traffic(
            self, place=parts.place, log_name=f"/mockenv/{project}/{REJECTED}", kms_key=kms_key
        )
        cluster = TaskCluster(self, "Tasks", project=project, vpc=parts.place.vpc, kms_key=kms_key)
        logs = SharedLogs(
            self, "Logs", project=project, retention_days=log_retention_days, kms_key=kms_key
        )
        ReloadMetrics(self, "Reloads", project=project, log_group=logs.tasks)
        log_groups = logs.by_kind() | {Log.CONTAINER_INSIGHTS: cluster.insights}
        SavedQueries(self, "Queries", project=project, log_groups=log_groups)
        Dashboard(
            self,
            "Dashboard",
            project=project,
            log_groups=log_groups,
            load_balancers=[load_balancer_full_name(each.listener_arn) for each in parts.listeners],
        )
        publish(
            self,
            project=project,
            values={
                **_published(parts),
                NetworkId.CLUSTER: cluster.cluster.cluster_name,
            },
        )
        if domain is not None and domain.certificate_arn is None:
            certificate = WildcardCertificate(self, "Certificate", domain=domain)
            publish(self, project=project, values={NetworkId.CERTIFICATE: certificate.arn})


def _published(parts: NetworkParts) -> Mapping[PublishedId, str]:
    task_subnet_ids = [subnet.subnet_id for subnet in parts.place.task_subnets]
    listeners = enumerate(parts.listeners, start=1)
    return {
        NetworkId.VPC: parts.place.vpc.vpc_id,
        NetworkId.TASK_SUBNETS: ",".join(task_subnet_ids),
        NetworkId.TASK_PUBLIC_ADDRESS: parts.place.task_public_address,
        NetworkId.TASK_SECURITY_GROUP: parts.groups.tasks.security_group_id,
        **{ListenerId(number): listener.listener_arn for number, listener in listeners},
        NetworkId.GATEWAY_LINK: parts.gateway_link_id,
    }
