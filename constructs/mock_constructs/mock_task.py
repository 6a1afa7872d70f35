"""What one task of an environment is made of."""

from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from mock_constructs import shared_volume
from mock_constructs.artifacts import EnvironmentArtifacts
from mock_constructs.config_bucket import ConfigBucket
from mock_constructs.config_loader import add_config_loader
from mock_constructs.mock_host_container import add_mock_host
from mock_constructs.mockserver_container import add_mockserver
from mock_constructs.owned_log_group import environment_log_name, owned_log_group
from mockenv.mock_host_config import task_ports
from mockenv.settings.resolve import EnvironmentSettings

TASKS_LOG = "tasks"


class MockTask(Construct):
    """Loader, mock host, and a MockServer for each mock that needs one, on ARM.

    The task may read its own bucket, and its agent may write its own log: no more.
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
        self.log_group = owned_log_group(
            self,
            "Log",
            name=environment_log_name(settings, TASKS_LOG),
            retention=logs.RetentionDays.ONE_WEEK,
        )
        self.definition = self._definition()
        loader = add_config_loader(
            self.definition,
            bucket_name=bucket.name,
            mock_host_sha256=artifacts.mock_host_sha256,
            sources_version=artifacts.sources_version,
            logging=self._logging("config-loader"),
        )
        self._add_servers(loader, bucket)
        self._allow_reading(bucket)

    def _definition(self) -> ecs.FargateTaskDefinition:
        size = self._settings.size
        return ecs.FargateTaskDefinition(
            self,
            "Definition",
            cpu=size.cpu,
            memory_limit_mib=size.memory_mib,
            runtime_platform=ecs.RuntimePlatform(
                cpu_architecture=ecs.CpuArchitecture.ARM64,
                operating_system_family=ecs.OperatingSystemFamily.LINUX,
            ),
            volumes=[ecs.Volume(name=shared_volume.NAME)],
        )

    def _add_servers(self, loader: ecs.ContainerDefinition, bucket: ConfigBucket) -> None:
        add_mock_host(
            self.definition,
            settings=self._settings,
            bucket_name=bucket.name,
            loader=loader,
            logging=self._logging("mock-host"),
        )
        ports = task_ports(self._settings)
        for mock in self._settings.mocks:
            if mock.name in ports:
                add_mockserver(
                    self.definition,
                    mock=mock,
                    port=ports[mock.name],
                    logging=self._logging(f"mockserver-{mock.name}"),
                )

    def _logging(self, stream_prefix: str) -> ecs.LogDriver:
        return ecs.LogDriver.aws_logs(
            stream_prefix=stream_prefix,
            log_group=self.log_group,
            mode=ecs.AwsLogDriverMode.NON_BLOCKING,
        )

    def _allow_reading(self, bucket: ConfigBucket) -> None:
        for actions, resource in (
            (["s3:GetObject"], bucket.arn_of_objects),
            (["s3:ListBucket"], bucket.arn),
        ):
            self.definition.add_to_task_role_policy(
                iam.PolicyStatement(actions=actions, resources=[resource])
            )
