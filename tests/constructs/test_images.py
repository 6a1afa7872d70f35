from pathlib import Path

import pytest

from builders import environment, mock
from mock_constructs.images import ImageRole, architecture, task_images
from mockenv.settings.images import ChosenImage, Images
from mockenv.settings.model import Engine
from synthesized import REGISTRY, Synthesized

CORE = mock(Path("core.yaml"))
LEDGER = mock(Path("ledger.json"), "ledger", "/ledger", engine=Engine.MOCKSERVER)
X86_ONLY = ChosenImage(image="example.com/mine:1.2.3", arm64=False)


def test_a_task_has_the_images_that_it_runs() -> None:
    assert set(task_images(environment(CORE))) == {"mock_host"}
    assert set(task_images(environment(CORE, LEDGER))) == set(ImageRole)


def test_what_is_not_named_is_built_in_and_for_arm() -> None:
    images = task_images(environment(CORE, LEDGER))
    assert images[ImageRole.MOCKSERVER].name == "mockserver/mockserver:8.0.0"
    assert not [image for image in images.values() if image.is_replaced]
    assert architecture(images) == "ARM64"


@pytest.mark.parametrize("role", [ImageRole.MOCK_HOST, ImageRole.MOCKSERVER])
def test_one_image_without_arm_puts_the_task_on_x86(role: ImageRole) -> None:
    chosen = Images.model_validate({role: X86_ONLY})
    images = task_images(environment(CORE, LEDGER, images=chosen))
    assert images[role].name == "example.com/mine:1.2.3"
    assert architecture(images) == "X86_64"


def test_an_image_that_no_mock_needs_does_not_decide() -> None:
    chosen = Images(mockserver=X86_ONLY)
    assert architecture(task_images(environment(CORE, images=chosen))) == "ARM64"
    assert architecture(task_images(environment(CORE, LEDGER, images=chosen))) == "X86_64"


def pulled(synthesized: Synthesized, stack: str) -> dict[str, str]:
    task = synthesized.properties(stack, "AWS::ECS::TaskDefinition")
    return {each["Name"]: each["Image"] for each in task["ContainerDefinitions"]}


def test_the_task_pulls_what_the_settings_say(synthesized: Synthesized) -> None:
    node = f"{REGISTRY}/mirror/docker/library/node@sha256:{'0123456789abcdef' * 4}"
    assert pulled(synthesized, "pr-512") == {
        "config-loader": node,
        "mock-host": node,
        "mockserver-ledger": f"{REGISTRY}/docker-hub/mockserver/mockserver:8.0.0",
    }


@pytest.mark.parametrize(("stack", "cpu"), [("pr-7", "ARM64"), ("pr-512", "X86_64")])
def test_ecs_is_told_the_architecture(synthesized: Synthesized, stack: str, cpu: str) -> None:
    task = synthesized.properties(stack, "AWS::ECS::TaskDefinition")
    assert task["RuntimePlatform"] == {"CpuArchitecture": cpu, "OperatingSystemFamily": "LINUX"}


def test_functions_stay_on_arm(synthesized: Synthesized) -> None:
    function = synthesized.properties("pr-512", "AWS::Lambda::Function")
    assert function["Architectures"] == ["arm64"]
