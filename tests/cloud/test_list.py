"""`mockenv list` as a process, against the emulator."""

import json
import time

from cloud.conftest import Deployed, mockenv
from cloud.deployed_environment import OUTPUTS
from cloud.registered_environment import deploy, publish_registry, record, write


def test_what_there_is(project: Deployed) -> None:
    registry = publish_registry(project.emulator)
    write(registry, record(deploy(project.emulator), int(time.time()), is_pinned=True))
    deploy(project.emulator, "pr-8", "30m")
    code, out, talk = mockenv(project, "list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["ENVIRONMENT", "pr-8", "pr-7"]
    assert "no record" in out
    assert "pinned" in out
    assert "pr-8: the registry has no record of its stack" in talk
    first, second = json.loads(mockenv(project, "list", "--json")[1])
    assert (first["environment"], first["state"]) == ("pr-8", "no record")
    assert (second["state"], second["is_pinned"], second["ends_at"]) == ("active", True, None)
    assert second["url"] == OUTPUTS["Url"]
    assert second["load_balancer"] == 1


def test_nothing(project: Deployed) -> None:
    publish_registry(project.emulator)
    code, out, talk = mockenv(project, "list")
    assert (code, out) == (0, "")
    assert "shop has no environment in this account and region" in talk
    assert mockenv(project, "list", "--json")[1] == "[]"


def test_no_shared_stacks(project: Deployed) -> None:
    code, _, talk = mockenv(project, "list")
    assert code == 1
    assert "cdk deploy --all" in talk
