"""The stack of one environment: nothing in it is slow to create."""

from aws_cdk import Stack
from constructs import Construct

from mock_constructs.alarms import EnvironmentAlarms
from mock_constructs.artifacts import EnvironmentArtifacts
from mock_constructs.config_bucket import ConfigBucket
from mock_constructs.environment_outputs import tell
from mock_constructs.gateway import Gateway
from mock_constructs.mock_service import MockService
from mock_constructs.mock_task import MockTask
from mock_constructs.network_choice import environment_network
from mock_constructs.own_domain import add_own_domain
from mock_constructs.registration import Registration
from mock_constructs.stack_tags import environment_stack_tags
from mock_constructs.token_authorizer import add_token_check
from mockenv import names
from mockenv.log_names import tasks_log
from mockenv.settings.durations import format_ttl
from mockenv.settings.resolve import EnvironmentSettings


class EnvironmentStack(Stack):
    """Gateway, token validator, service, configuration and registration of one environment."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: EnvironmentSettings,
        priority: int,
        artifacts: EnvironmentArtifacts,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=names.environment_stack(settings.project, settings.environment),
            description=f"Mock environment {settings.environment} of {settings.project}",
            tags=environment_stack_tags(settings),
            termination_protection=settings.ttl_seconds is None,
        )
        network = environment_network(self, "OwnNetwork", settings)
        bucket = ConfigBucket(self, "Configuration", settings=settings)
        gateway = Gateway(self, "Gateway", settings=settings)
        check = add_token_check(
            self, api=gateway.api, settings=settings, package=artifacts.token_validator
        )
        gateway.lead_to(network, authorizer=check)
        add_own_domain(self, settings=settings, gateway=gateway)
        task = MockTask(self, "Task", settings=settings, artifacts=artifacts, bucket=bucket)
        service = MockService(
            self, "Mocks", settings=settings, priority=priority, network=network, task=task
        )
        registration = Registration(
            self,
            "Registration",
            settings=settings,
            artifacts=artifacts,
            bucket=bucket,
            url=gateway.url,
        )
        service.start_after(registration)
        EnvironmentAlarms(
            self,
            "Alarms",
            settings=settings,
            service=service.service,
            target_groups=service.target_groups,
            api_id=gateway.api.ref,
        )
        tell(
            self,
            Url=gateway.url,
            Environment=settings.environment,
            ConfigBucket=bucket.name,
            Version=artifacts.sources_version,
            ExpiresAfter=format_ttl(settings.ttl_seconds),
            TokenHeader=settings.tokens.header if settings.tokens else "none",
            Cluster=network.cluster.cluster_name,
            Service=service.service.service_name,
            LoadBalancer=str(network.load_balancer or "own"),
            TargetGroups=str(len(service.target_groups)),
            TaskLog=tasks_log(settings.project),
        )
