"""Which container images tasks run, and from which registries."""

from typing import Annotated

from pydantic import AfterValidator, Discriminator, Field, Tag

from mockenv.settings.frozen import Frozen
from mockenv.settings.value_types import ImageName, RegistryHost, RegistryPrefix


class ChosenImage(Frozen):
    """An image, and whether it exists for ARM."""

    image: ImageName = Field(description="With an exact tag, a digest, or both")
    arm64: bool = Field(default=True, description="false puts the whole task on x86-64")


def _image_form(value: object) -> str:
    return "image_described" if isinstance(value, dict | ChosenImage) else "image_name"


def _described(image: "str | ChosenImage") -> ChosenImage:
    return ChosenImage(image=image) if isinstance(image, str) else image


Image = Annotated[
    Annotated[ImageName, Tag("image_name")] | Annotated[ChosenImage, Tag("image_described")],
    Discriminator(_image_form),
    AfterValidator(_described),
]


class Images(Frozen):
    """The images of a task; what is left out is the one that mockenv was tried with."""

    registries: dict[RegistryHost, RegistryPrefix] = Field(
        default_factory=dict,
        max_length=10,
        description="What stands in for a registry, such as an ECR pull-through cache",
    )
    mock_host: Image | None = Field(
        default=None, description="Node 24.18 or later; the config loader runs in it, too"
    )
    mockserver: Image | None = Field(default=None, description="MockServer 8")
