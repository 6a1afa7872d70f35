"""The container images that a task runs: the built-in ones, or those that the settings name.

All built-in ones exist for ARM and x86-64. Docker's official one comes from Amazon ECR Public,
which has no limit on anonymous pulls from AWS. Pure, no CDK.
"""

from enum import StrEnum
from typing import NamedTuple

from mock_constructs.image_names import digest_alone, with_registry_replaced
from mockenv.settings.images import ChosenImage
from mockenv.settings.model import Engine
from mockenv.settings.resolve import EnvironmentSettings


class ImageRole(StrEnum):
    """What an image is for, as the settings name it."""

    MOCK_HOST = "mock_host"
    MOCKSERVER = "mockserver"


# Alpine: the smallest to pull before a task can start, and it has wget for the health check. The
# config loader runs in the mock host's, too.
BUILT_IN = {
    ImageRole.MOCK_HOST: ChosenImage(image="public.ecr.aws/docker/library/node:24.19.0-alpine"),
    ImageRole.MOCKSERVER: ChosenImage(image="mockserver/mockserver:8.0.0"),
}
ARM = "ARM64"
X86 = "X86_64"


class TaskImage(NamedTuple):
    """An image as ECS is told of it; `is_replaced` if another registry stands in for its own."""

    name: str
    arm64: bool
    is_replaced: bool


def task_images(settings: EnvironmentSettings) -> dict[ImageRole, TaskImage]:
    """Return the images that an environment's tasks run, and no others."""
    has_mockserver = any(mock.engine is Engine.MOCKSERVER for mock in settings.mocks)
    roles = [role for role in ImageRole if role is not ImageRole.MOCKSERVER or has_mockserver]
    return {role: _task_image(settings, role) for role in roles}


def architecture(images: dict[ImageRole, TaskImage]) -> str:
    """Return ARM's name for ECS if every one of these images exists for it, else x86-64's."""
    return ARM if all(image.arm64 for image in images.values()) else X86


def _task_image(settings: EnvironmentSettings, role: ImageRole) -> TaskImage:
    given = getattr(settings.images, role)
    # The model describes even a bare name (settings/images.py), which its type can't tell.
    chosen = given if isinstance(given, ChosenImage) else BUILT_IN[role]
    name = with_registry_replaced(chosen.image, settings.images.registries)
    return TaskImage(digest_alone(name), chosen.arm64, is_replaced=name != chosen.image)
