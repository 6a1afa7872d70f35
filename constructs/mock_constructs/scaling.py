"""How many tasks an environment may have."""

from aws_cdk import aws_ecs as ecs

from mockenv.settings.model import TaskCount


def desired_count(tasks: TaskCount) -> int | None:
    """Return the count to put into the template, None to leave it to scaling.

    A count in the template would set a scaled service back with every deployment. Where it is
    left out ECS starts with one task, and registering the scalable target brings the service up to
    its minimum (Application Auto Scaling API reference, RegisterScalableTarget).
    """
    return tasks.min if tasks.max == 1 else None


def scale(service: ecs.FargateService, tasks: TaskCount) -> ecs.ScalableTaskCount:
    """Bound a service's task count; policies that move it within the bounds go on the result."""
    return service.auto_scale_task_count(min_capacity=tasks.min, max_capacity=tasks.max)
