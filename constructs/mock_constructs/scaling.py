"""How many tasks an environment has: bounds, and what moves it between them."""

from collections.abc import Sequence
from itertools import pairwise

from aws_cdk import aws_applicationautoscaling as autoscaling
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct

from mock_constructs.load_metrics import LoadMetrics, Query
from mockenv.scaling import rules
from mockenv.scaling.capacity import task_capacity
from mockenv.settings.model import TaskCount
from mockenv.settings.resolve import EnvironmentSettings

StepAdjustment = autoscaling.CfnScalingPolicy.StepAdjustmentProperty
PolicyConfiguration = autoscaling.CfnScalingPolicy.StepScalingPolicyConfigurationProperty


def desired_count(tasks: TaskCount) -> int | None:
    """Return the count to put into the template, None to leave it to scaling.

    A count in the template would set a scaled service back with every deployment. Where it is
    left out ECS starts with one task, and registering the scalable target brings the service up to
    its minimum (Application Auto Scaling API reference, RegisterScalableTarget).
    """
    return tasks.min if tasks.max == 1 else None


class Scaling(Construct):
    """Bounds a service's task count and, where there is room, moves it with the load."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: EnvironmentSettings,
        service: ecs.FargateService,
        target_groups: Sequence[elb.ApplicationTargetGroup],
    ) -> None:
        super().__init__(scope, construct_id)
        tasks = settings.tasks
        count = service.auto_scale_task_count(min_capacity=tasks.min, max_capacity=tasks.max)
        if tasks.max > tasks.min:
            self._target_id = _scalable_target_id(count)
            engines = {mock.engine for mock in settings.mocks}
            capacity = task_capacity(settings.size.cpu, engines, tasks.requests_per_second)
            self._move(LoadMetrics(service, target_groups, capacity))

    def _move(self, metrics: LoadMetrics) -> None:
        self._add(
            "ScaleOut",
            steps=_scale_out_steps(),
            cooldown_seconds=rules.SCALE_OUT_COOLDOWN_SECONDS,
            queries=metrics.load(),
            threshold=rules.SCALE_OUT_STEPS[0].load_percent,
            minutes=1,
        )
        self._add(
            "ScaleIn",
            steps=[_step(rules.SCALE_IN_CHANGE_PERCENT, 0)],
            cooldown_seconds=rules.SCALE_IN_COOLDOWN_SECONDS,
            queries=metrics.quiet(),
            threshold=1,
            minutes=rules.QUIET_MINUTES,
        )

    def _add(
        self,
        name: str,
        *,
        steps: list[StepAdjustment],
        cooldown_seconds: int,
        queries: list[Query],
        threshold: float,
        minutes: int,
    ) -> None:
        policy = autoscaling.CfnScalingPolicy(
            self,
            name,
            policy_name=name,
            policy_type="StepScaling",
            scaling_target_id=self._target_id,
            step_scaling_policy_configuration=PolicyConfiguration(
                adjustment_type="PercentChangeInCapacity",
                cooldown=cooldown_seconds,
                metric_aggregation_type="Average",
                min_adjustment_magnitude=1,
                step_adjustments=steps,
            ),
        )
        cloudwatch.CfnAlarm(
            self,
            f"{name}Alarm",
            metrics=queries,
            threshold=threshold,
            comparison_operator="GreaterThanOrEqualToThreshold",
            evaluation_periods=minutes,
            datapoints_to_alarm=minutes,
            treat_missing_data="notBreaching",
            alarm_actions=[policy.ref],
        )


def _scalable_target_id(count: ecs.ScalableTaskCount) -> str:
    target = count.node.find_child("Target")
    assert isinstance(target, autoscaling.ScalableTarget)  # noqa: S101 (tells the type checker)
    return target.scalable_target_id


def _scale_out_steps() -> list[StepAdjustment]:
    """Return the steps; their bounds count from the alarm's threshold."""
    first, *_, last = rules.SCALE_OUT_STEPS
    bounded = [
        _step(
            step.change_percent,
            step.load_percent - first.load_percent,
            following.load_percent - first.load_percent,
        )
        for step, following in pairwise(rules.SCALE_OUT_STEPS)
    ]
    return [*bounded, _step(last.change_percent, last.load_percent - first.load_percent)]


def _step(change_percent: int, lower: int, upper: int | None = None) -> StepAdjustment:
    return StepAdjustment(
        scaling_adjustment=change_percent,
        metric_interval_lower_bound=lower,
        metric_interval_upper_bound=upper,
    )
