"""The volume on which a task's containers share sources and program."""

from aws_cdk import aws_ecs as ecs

NAME = "mockenv"
FOLDER = "/mockenv"
SOURCES_FOLDER = f"{FOLDER}/sources"
LIVE_FOLDER = f"{FOLDER}/live"  # the only one that the mock host may write to


def share(container: ecs.ContainerDefinition, *, read_only: bool) -> None:
    """Mount the task's shared volume into a container, at the same place in each."""
    container.add_mount_points(
        ecs.MountPoint(source_volume=NAME, container_path=FOLDER, read_only=read_only)
    )
