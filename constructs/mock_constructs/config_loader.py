"""The container that brings sources and program into a task before anything else starts."""

from pathlib import Path

from aws_cdk import Aws, Duration
from aws_cdk import aws_ecs as ecs

from mock_constructs import shared_volume
from mock_constructs.privileges import without_privileges

SLOWEST_LOAD_SECONDS = 120  # the most that ECS waits for a dependency on Fargate


def add_config_loader(
    task: ecs.FargateTaskDefinition,
    *,
    image: str,
    program: Path,
    bucket_name: str,
    mock_host_sha256: str,
    sources_version: str,
    logging: ecs.LogDriver,
) -> ecs.ContainerDefinition:
    """Add the loader; containers that need its files depend on its success.

    It runs in the mock host's image, which is pulled once; nothing of ours is in there, so the
    program comes as text. It loads the version that the bucket calls current. The version that was
    deployed is among its variables so that a deployment of other sources rolls the tasks: sources
    that no task can serve then fail the deployment, where a push would only leave the tasks with
    what they have.
    """
    container = task.add_container(
        "ConfigLoader",
        container_name="config-loader",
        image=ecs.ContainerImage.from_registry(image),
        essential=False,
        command=["node", "--input-type=module", "--eval", program.read_text(encoding="utf-8")],
        environment={
            "AWS_REGION": Aws.REGION,
            "CONFIG_BUCKET": bucket_name,
            "MOCK_HOST_SHA256": mock_host_sha256,
            "DEPLOYED_VERSION": sources_version,
            "TARGET_FOLDER": shared_volume.FOLDER,
        },
        # The volume belongs to root, so this is root, too: of its rights it needs none.
        linux_parameters=without_privileges(task, "ConfigLoaderLinux"),
        readonly_root_filesystem=True,
        start_timeout=Duration.seconds(SLOWEST_LOAD_SECONDS),
        logging=logging,
    )
    shared_volume.share(container, read_only=False)
    return container
