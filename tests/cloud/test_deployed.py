"""Finding what was deployed."""

import pytest

from aws_emulator import AwsEmulator
from cloud.conftest import Deployed
from cloud.deployed_environment import BUCKET, create_stack
from mockenv.cloud.deployed import find_environment
from mockenv.cloud.task_log import TaskLog
from mockenv.errors import ExitCode, MockenvError


def test_its_parts_come_from_the_stack_s_outputs(deployed: Deployed) -> None:
    found = find_environment(deployed.emulator.client("cloudformation"), "shop", "pr-7")
    assert found.status == "CREATE_COMPLETE"
    assert found.config_bucket == BUCKET
    assert found.task_log == TaskLog("/mockenv/shop/tasks", "pr-7/")
    assert ":stack/mockenv-shop-env-pr-7/" in found.stack_id


def test_an_unknown_environment_has_its_own_exit_code(deployed: Deployed) -> None:
    with pytest.raises(MockenvError, match="there is no environment pr-8 of shop") as caught:
        find_environment(deployed.emulator.client("cloudformation"), "shop", "pr-8")
    assert caught.value.exit_code == ExitCode.UNKNOWN_ENVIRONMENT
    assert "cdk deploy -c env=pr-8" in caught.value.next_step


def test_a_look_alike_without_our_tags_is_not_ours(emulator: AwsEmulator) -> None:
    create_stack(emulator, tags={"mockenv:project": "other", "mockenv:environment": "pr-7"})
    with pytest.raises(MockenvError, match="its tags don't say that it is ours"):
        find_environment(emulator.client("cloudformation"), "shop", "pr-7")
