"""What one task of an environment is made of."""

from aws_cdk import Annotations, Aws
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_iam as iam
from constructs import Construct

from mock_constructs import shared_volume
from mock_constructs.acknowledged import acknowledge, acknowledge_wildcards
from mock_constructs.artifacts import EnvironmentArtifacts
from mock_constructs.config_bucket import ConfigBucket
from mock_constructs.config_loader import add_config_loader
from mock_constructs.encryption_key import READ, key_permissions
from mock_constructs.image_permissions import WILDCARDS, pull_permissions
from mock_constructs.images import ARM, ImageRole, architecture, task_images
from mock_constructs.mock_host_container import add_mock_host
from mock_constructs.mockserver_container import add_mockserver
from mock_constructs.task_role import task_role
from mock_constructs.written_log import shared_log
from mockenv.log_names import task_streams, tasks_log
from mockenv.mock_host_config import task_ports
from mockenv.settings.resolve import EnvironmentSettings

ACKNOWLEDGED = {
    "AwsSolutions-ECS2": "Its variables are names, versions and options of programs; tasks have no "
    "secret, as tokens are checked before them",
}
READS_ITS_FILES = (
    "Every file of the task's own bucket, and nothing else: which there are changes with each push"
)


class MockTask(Construct):
    """Loader, mock host, and a MockServer for each mock that needs one, on ARM if all images can.

    The task may read its own bucket. Its agent may write this environment's streams of the log
    that all tasks share, and pull its images where these lie in private registries: no more.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: EnvironmentSettings,
        artifacts: EnvironmentArtifacts,
        bucket: ConfigBucket,
    ) -> None:
        super().__init__(scope, construct_id)
        self._settings = settings
        self._images = task_images(settings)
        streams = f"{task_streams(settings.environment)}*"
        self._log = shared_log(tasks_log(settings.project), streams)
        self.definition = self._definition(bucket)
        loader = add_config_loader(
            self.definition,
            image=self._images[ImageRole.MOCK_HOST].name,
            program=artifacts.config_loader,
            bucket_name=bucket.name,
            mock_host_sha256=artifacts.mock_host_sha256,
            sources_version=artifacts.sources_version,
            logging=self._logging(),
        )
        self._add_servers(loader, bucket)
        Annotations.of(self).acknowledge_warning(
            "@aws-cdk/aws-ecs:ecrImageRequiresPolicy",
            "pull_permissions gives the agent's role what images in ECR need",
        )
        acknowledge(self.definition, ACKNOWLEDGED)
        acknowledge_wildcards(self, {f"{bucket.arn_by_name}/*": READS_ITS_FILES})

    def _definition(self, bucket: ConfigBucket) -> ecs.FargateTaskDefinition:
        size = self._settings.size
        return ecs.FargateTaskDefinition(
            self,
            "Definition",
            cpu=size.cpu,
            memory_limit_mib=size.memory_mib,
            runtime_platform=ecs.RuntimePlatform(
                cpu_architecture=self._architecture(),
                operating_system_family=ecs.OperatingSystemFamily.LINUX,
            ),
            volumes=[ecs.Volume(name=shared_volume.NAME)],
            task_role=task_role(self, "Role", statements=_reading(bucket, self._settings.kms_key)),
            execution_role=self._agent_role(),
        )

    def _agent_role(self) -> iam.Role:
        pulling = pull_permissions(self._images.values())
        role = task_role(self, "AgentRole", statements=[self._log.writing(), *pulling])
        acknowledge_wildcards(role, self._log.wildcards() | (WILDCARDS if pulling else {}))
        return role

    def _architecture(self) -> ecs.CpuArchitecture:
        is_arm = architecture(self._images) == ARM
        return ecs.CpuArchitecture.ARM64 if is_arm else ecs.CpuArchitecture.X86_64

    def _add_servers(self, loader: ecs.ContainerDefinition, bucket: ConfigBucket) -> None:
        add_mock_host(
            self.definition,
            image=self._images[ImageRole.MOCK_HOST].name,
            settings=self._settings,
            bucket_name=bucket.name,
            loader=loader,
            logging=self._logging(),
        )
        ports = task_ports(self._settings)
        for mock in self._settings.mocks:
            if mock.name in ports:
                add_mockserver(
                    self.definition,
                    image=self._images[ImageRole.MOCKSERVER].name,
                    mock=mock,
                    port=ports[mock.name],
                    logging=self._logging(),
                )

    def _logging(self) -> ecs.LogDriver:
        """Log under `<environment>/<container>/<task>`.

        CDK's own driver for awslogs would allow the agent all streams of the group.
        """
        return ecs.GenericLogDriver(
            log_driver="awslogs",
            options={
                "awslogs-group": self._log.group_name,
                "awslogs-stream-prefix": self._settings.environment,
                "awslogs-region": Aws.REGION,
                "mode": "non-blocking",
            },
        )


def _reading(bucket: ConfigBucket, kms_key: str | None) -> list[iam.PolicyStatement]:
    """Allow reading by the bucket's name: the role need not wait until the bucket exists."""
    return [
        iam.PolicyStatement(actions=["s3:GetObject"], resources=[f"{bucket.arn_by_name}/*"]),
        iam.PolicyStatement(actions=["s3:ListBucket"], resources=[bucket.arn_by_name]),
        *key_permissions(kms_key, service="s3", actions=READ),
    ]
