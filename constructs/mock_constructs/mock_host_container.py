"""The container that serves an environment's mocks."""

from aws_cdk import Aws, Duration
from aws_cdk import aws_ecs as ecs

from mock_constructs import shared_volume
from mock_constructs.ending_times import (
    KEEP_ALIVE_SECONDS,
    LONGEST_REQUEST_SECONDS,
    drain_seconds,
    stop_seconds,
)
from mock_constructs.privileges import without_privileges
from mockenv.names import HEALTH_PATH, MOCK_HOST_PORT
from mockenv.settings.model import Engine
from mockenv.settings.resolve import EnvironmentSettings
from mockenv.settings.sizes import MOCKSERVER_MIB

NAME = "mock-host"
NODE_USER = "1000:1000"  # `node` in Docker's official Node images
HEAP_SHARE = 0.7  # the rest of the memory is buffers, code, and the other threads' stacks


def add_mock_host(
    task: ecs.FargateTaskDefinition,
    *,
    image: str,
    settings: EnvironmentSettings,
    bucket_name: str,
    loader: ecs.ContainerDefinition,
    logging: ecs.LogDriver,
) -> ecs.ContainerDefinition:
    """Add the mock host: not root, ended gently; it follows the version that the bucket names."""
    container = task.add_container(
        "MockHost",
        container_name=NAME,
        image=ecs.ContainerImage.from_registry(image),
        essential=True,
        command=_command(settings, bucket_name),
        user=NODE_USER,
        readonly_root_filesystem=True,
        linux_parameters=without_privileges(task, "MockHostLinux"),
        port_mappings=[ecs.PortMapping(container_port=MOCK_HOST_PORT)],
        health_check=_health_check(),
        stop_timeout=Duration.seconds(stop_seconds(settings)),
        logging=logging,
    )
    # Files of the loader belong to root: the mock host can write to its own folder only.
    shared_volume.share(container, read_only=False)
    container.add_container_dependencies(
        ecs.ContainerDependency(
            container=loader, condition=ecs.ContainerDependencyCondition.SUCCESS
        )
    )
    return container


def heap_mib(settings: EnvironmentSettings) -> int:
    """Bound Node's heap, in MiB, by what the task's other containers leave of its memory."""
    mockservers = sum(mock.engine is Engine.MOCKSERVER for mock in settings.mocks)
    return int((settings.size.memory_mib - mockservers * MOCKSERVER_MIB) * HEAP_SHARE)


def _command(settings: EnvironmentSettings, bucket_name: str) -> list[str]:
    return [
        "node",
        f"--max-old-space-size={heap_mib(settings)}",
        f"{shared_volume.FOLDER}/mock_host.mjs",
        *("--config", f"{shared_volume.SOURCES_FOLDER}/environment.json"),
        *("--host", "0.0.0.0"),  # noqa: S104 (the task's security group admits the balancer only)
        *("--port", str(MOCK_HOST_PORT)),
        *("--drain-seconds", str(drain_seconds(settings))),
        *("--finish-seconds", str(LONGEST_REQUEST_SECONDS)),
        *("--keep-alive-seconds", str(KEEP_ALIVE_SECONDS)),
        *("--bucket", bucket_name, "--region", Aws.REGION),
        *("--sources-folder", shared_volume.LIVE_FOLDER),
    ]


def _health_check() -> ecs.HealthCheck:
    url = f"http://127.0.0.1:{MOCK_HOST_PORT}{HEALTH_PATH}"
    return ecs.HealthCheck(
        command=["CMD", "wget", "-q", "-O", "/dev/null", url],
        interval=Duration.seconds(10),
        timeout=Duration.seconds(5),
        retries=3,
        start_period=Duration.seconds(60),
    )
