"""The service that keeps an environment's tasks running behind a load balancer."""

from aws_cdk import Acknowledgment, Duration, Token, Validations
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct, IDependable

from mock_constructs.environment_network import EnvironmentNetwork
from mock_constructs.fargate_capacity import capacity_strategy, warn_of_lost_state
from mock_constructs.mock_task import MockTask
from mock_constructs.scaling import Scaling, desired_count
from mockenv.names import ENVIRONMENT_HEADER, HEALTH_PATH, MOCK_HOST_PORT
from mockenv.settings.resolve import EnvironmentSettings

HEALTH_CHECK_SECONDS = 5
HEALTHY_AFTER_CHECKS = 2
UNHEALTHY_AFTER_CHECKS = 2
START_SECONDS = 60
EPHEMERAL_DRAIN_SECONDS = 5
LASTING_DRAIN_SECONDS = 30


class MockService(Construct):
    """One service, one target group, one rule: the whole of an environment's compute."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: EnvironmentSettings,
        priority: int,
        network: EnvironmentNetwork,
        task: MockTask,
    ) -> None:
        super().__init__(scope, construct_id)
        self._settings = settings
        warn_of_lost_state(self, settings)
        self.target_group = self._target_group(network)
        self._rule(network, priority)
        self.service = self._service(network, task.definition)
        self.service.attach_to_application_target_group(self.target_group)
        Scaling(
            self,
            "Scaling",
            settings=settings,
            service=self.service,
            target_group=self.target_group,
        )

    def start_after(self, first: IDependable) -> None:
        """Start no task before `first` exists; on deletion, keep it until all tasks are gone."""
        self.service.node.add_dependency(first)

    def _target_group(self, network: EnvironmentNetwork) -> elb.ApplicationTargetGroup:
        ephemeral = self._settings.ttl_seconds is not None
        drain = EPHEMERAL_DRAIN_SECONDS if ephemeral else LASTING_DRAIN_SECONDS
        return elb.ApplicationTargetGroup(
            self,
            _target_group_id(network.load_balancer),
            vpc=network.vpc,
            target_type=elb.TargetType.IP,
            protocol=elb.ApplicationProtocol.HTTP,
            port=MOCK_HOST_PORT,
            deregistration_delay=Duration.seconds(drain),
            health_check=elb.HealthCheck(
                path=HEALTH_PATH,
                healthy_http_codes="200",
                interval=Duration.seconds(HEALTH_CHECK_SECONDS),
                timeout=Duration.seconds(HEALTH_CHECK_SECONDS - 1),
                healthy_threshold_count=HEALTHY_AFTER_CHECKS,
                unhealthy_threshold_count=UNHEALTHY_AFTER_CHECKS,
            ),
        )

    def _rule(self, network: EnvironmentNetwork, priority: int) -> None:
        elb.ApplicationListenerRule(
            self,
            "Rule",
            listener=network.listener,
            priority=priority,
            conditions=[
                elb.ListenerCondition.http_header(ENVIRONMENT_HEADER, [self._settings.environment])
            ],
            target_groups=[self.target_group],
        )

    def _service(
        self, network: EnvironmentNetwork, task: ecs.FargateTaskDefinition
    ) -> ecs.FargateService:
        service = ecs.FargateService(
            self,
            "Service",
            cluster=network.cluster,
            task_definition=task,
            desired_count=desired_count(self._settings.tasks),
            capacity_provider_strategies=capacity_strategy(
                spot=self._settings.spot, on_demand_base=self._settings.on_demand_base
            ),
            circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True),
            min_healthy_percent=100,
            max_healthy_percent=200,
            health_check_grace_period=Duration.seconds(START_SECONDS),
            security_groups=[network.task_security_group],
            vpc_subnets=ec2.SubnetSelection(subnets=network.task_subnets),
            propagate_tags=ecs.PropagatedTagSource.SERVICE,
            enable_ecs_managed_tags=True,
            enable_execute_command=False,
        )
        # Without its policy the agent can't open a task's log, and the first task would fail.
        service.node.add_dependency(task.obtain_execution_role(), *network.needed_by_service)
        _use_public_address(service, network.task_public_address)
        return service


def _target_group_id(load_balancer: int | None) -> str:
    """Give each load balancer a target group of its own: no group can go from one to another, so
    that an environment that moves needs a new one (cloudformation-coverage-roadmap#424).
    """
    return "Targets" if load_balancer in {None, 1} else f"Targets{load_balancer}"


def _use_public_address(service: ecs.FargateService, enabled_or_disabled: str) -> None:
    """Set what the network says, which the construct takes as a constant only."""
    resource = service.node.default_child
    assert isinstance(resource, ecs.CfnService)  # noqa: S101 (tells the type checker)
    resource.add_property_override(
        "NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp", enabled_or_disabled
    )
    if Token.is_unresolved(enabled_or_disabled):
        Validations.of(resource).acknowledge(
            Acknowledgment(
                id="CloudFormation-Validate::W3030",
                reason="The value is read from SSM; what is validated is the SSM parameter's name",
            )
        )
