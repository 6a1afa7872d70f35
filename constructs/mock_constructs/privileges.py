"""What a container's processes may do beside their own work: nothing."""

from aws_cdk import aws_ecs as ecs


def without_privileges(task: ecs.FargateTaskDefinition, construct_id: str) -> ecs.LinuxParameters:
    """Drop all capabilities, root's too; an init process passes signals on."""
    linux = ecs.LinuxParameters(task, construct_id, init_process_enabled=True)
    linux.drop_capabilities(ecs.Capability.ALL)
    return linux
