"""The service that keeps an environment's tasks running behind a load balancer."""

from aws_cdk import Duration, Token
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct, IDependable

from mock_constructs.acknowledged import acknowledge
from mock_constructs.blue_green import BAKE_MINUTES, BlueGreen, allow_rule_said_twice
from mock_constructs.deployment_alarm import DeploymentAlarm
from mock_constructs.environment_network import EnvironmentNetwork
from mock_constructs.environment_rule import environment_rule
from mock_constructs.fargate_capacity import capacity_strategy, warn_of_lost_state
from mock_constructs.mock_host_container import NAME as MOCK_HOST
from mock_constructs.mock_task import MockTask
from mock_constructs.scaling import Scaling, desired_count
from mock_constructs.target_group import mock_target_group
from mockenv.names import MOCK_HOST_PORT
from mockenv.settings.model import Deployment
from mockenv.settings.resolve import EnvironmentSettings

START_SECONDS = 60
ACKNOWLEDGED_AT_PUBLIC_ADDRESS = {
    "CloudFormation-Validate::W3030": "The value is read from SSM; what is validated is the SSM "
    "parameter's name",
}


class MockService(Construct):
    """One service, one rule, one target group: the whole of an environment's compute.

    A blue-green one has two groups, of which either can be the one that serves: `target_groups`
    is all of them, and whoever counts requests or targets adds them up.
    """

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
        self.target_group = mock_target_group(self, "Targets", settings=settings, network=network)
        self.target_groups = (self.target_group, *self._waiting_groups(network))
        rule = environment_rule(
            self,
            "Rule",
            environment=settings.environment,
            priority=priority,
            network=network,
            target_groups=self.target_groups,
        )
        self.service = self._service(network, task.definition)
        self._attach(rule)
        self._roll_back_on_alarm()
        Scaling(
            self,
            "Scaling",
            settings=settings,
            service=self.service,
            target_groups=self.target_groups,
        )

    def start_after(self, first: IDependable) -> None:
        """Start no task before `first` exists; on deletion, keep it until all tasks are gone."""
        self.service.node.add_dependency(first)

    @property
    def _is_blue_green(self) -> bool:
        return self._settings.deployment is Deployment.BLUE_GREEN

    def _waiting_groups(self, network: EnvironmentNetwork) -> list[elb.ApplicationTargetGroup]:
        if not self._is_blue_green:
            return []
        return [mock_target_group(self, "Waiting", settings=self._settings, network=network)]

    def _attach(self, rule: elb.ApplicationListenerRule) -> None:
        self.service.load_balancer_target(
            container_name=MOCK_HOST,
            container_port=MOCK_HOST_PORT,
            alternate_target=self._alternate_target(rule) if self._is_blue_green else None,
        ).attach_to_application_target_group(self.target_group)

    def _alternate_target(self, rule: elb.ApplicationListenerRule) -> ecs.AlternateTarget:
        allow_rule_said_twice(self.service)
        serving, waiting = self.target_groups
        swap = BlueGreen(self, "BlueGreen", serving=serving, waiting=waiting, rule=rule)
        return swap.alternate_target

    def _roll_back_on_alarm(self) -> None:
        """Where nobody watches a deployment's end, it isn't worth its seconds and its cents."""
        if self._settings.ttl_seconds is not None:
            return
        alarm = DeploymentAlarm(
            self,
            "DeploymentAlarm",
            environment=self._settings.environment,
            target_groups=self.target_groups,
        )
        self.service.enable_deployment_alarms(
            [alarm.alarm_name], behavior=ecs.AlarmBehavior.ROLLBACK_ON_ALARM
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
            deployment_strategy=ecs.DeploymentStrategy.BLUE_GREEN if self._is_blue_green else None,
            bake_time=Duration.minutes(BAKE_MINUTES) if self._is_blue_green else None,
        )
        # Without its policy the agent can't open a task's log, and the first task would fail.
        service.node.add_dependency(task.obtain_execution_role(), *network.needed_by_service)
        _use_public_address(service, network.task_public_address)
        return service


def _use_public_address(service: ecs.FargateService, enabled_or_disabled: str) -> None:
    """Set what the network says, which the construct takes as a constant only."""
    resource = service.node.default_child
    assert isinstance(resource, ecs.CfnService)  # noqa: S101 (tells the type checker)
    resource.add_property_override(
        "NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp", enabled_or_disabled
    )
    if Token.is_unresolved(enabled_or_disabled):
        acknowledge(resource, ACKNOWLEDGED_AT_PUBLIC_ADDRESS)
