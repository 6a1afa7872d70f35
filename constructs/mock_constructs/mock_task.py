"""What one task of an environment is made of."""

from aws_cdk import Aws
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
from mock_constructs.task_role import task_role
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
        self.definition = self._definition(bucket)
        loader = add_config_loader(
            self.definition,
            bucket_name=bucket.name,
            mock_host_sha256=artifacts.mock_host_sha256,
            sources_version=artifacts.sources_version,
            logging=self._logging("config-loader"),
        )
        self._add_servers(loader, bucket)

    def _definition(self, bucket: ConfigBucket) -> ecs.FargateTaskDefinition:
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
            task_role=task_role(self, "Role", statements=_reading(bucket)),
            execution_role=task_role(
                self, "AgentRole", statements=[_writing(self.log_group.log_group_arn)]
            ),
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
        """Write to the task's log; CDK's own driver would add a policy to the agent's role."""
        return ecs.GenericLogDriver(
            log_driver="awslogs",
            options={
                "awslogs-group": self.log_group.log_group_name,
                "awslogs-region": Aws.REGION,
                "awslogs-stream-prefix": stream_prefix,
                "mode": "non-blocking",
            },
        )


def _reading(bucket: ConfigBucket) -> list[iam.PolicyStatement]:
    """Allow reading by the bucket's name: the role need not wait until the bucket exists."""
    return [
        iam.PolicyStatement(actions=["s3:GetObject"], resources=[f"{bucket.arn_by_name}/*"]),
        iam.PolicyStatement(actions=["s3:ListBucket"], resources=[bucket.arn_by_name]),
    ]


def _writing(log_group_arn: str) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        actions=["logs:CreateLogStream", "logs:PutLogEvents"], resources=[log_group_arn]
    )
