"""The ECS cluster that runs all environments' tasks."""

from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from constructs import Construct

from mock_constructs.encryption_key import key_id
from mock_constructs.written_log import owned_log_group
from mockenv import names
from mockenv.log_names import container_insights_log

INSIGHTS_DAYS = 3  # a line for each task and minute


class TaskCluster(Construct):
    """A cluster with Fargate and Fargate Spot; each service chooses between them.

    The log group that Container Insights writes to is made here first: made by ECS, it would
    belong to no stack and stay behind (aws-cdk#31487). Tasks' own storage is encrypted with
    Fargate's key, or with the project's.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        project: str,
        vpc: ec2.IVpc,
        kms_key: str | None,
    ) -> None:
        super().__init__(scope, construct_id)
        name = names.cluster(project)
        self.insights = owned_log_group(
            self,
            "Insights",
            name=container_insights_log(name),
            retention_days=INSIGHTS_DAYS,
            kms_key=kms_key,
        )
        self.cluster = ecs.Cluster(
            self,
            "Cluster",
            cluster_name=name,
            vpc=vpc,
            container_insights_v2=ecs.ContainerInsights.ENABLED,
            enable_fargate_capacity_providers=True,
        )
        self.cluster.node.add_dependency(self.insights)
        if kms_key is not None:
            self._encrypt_storage_with(kms_key)

    def _encrypt_storage_with(self, kms_key: str) -> None:
        resource = self.cluster.node.default_child
        assert isinstance(resource, ecs.CfnCluster)  # noqa: S101 (tells the type checker)
        resource.add_property_override(
            "Configuration.ManagedStorageConfiguration.FargateEphemeralStorageKmsKeyId",
            key_id(kms_key),
        )
