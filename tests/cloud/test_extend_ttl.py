"""`mockenv extend-ttl` as a process, against the emulator."""

import json
import re
import time

import pytest

from cloud.conftest import Deployed, mockenv
from cloud.registered_environment import (
    TTL_SECONDS,
    deploy,
    publish_registry,
    record,
    write,
)
from mockenv.cloud.times import iso
from ttl_cleanup.registry.table import RegistryTable


@pytest.fixture
def registry(project: Deployed) -> RegistryTable:
    return publish_registry(project.emulator)


def test_more_hours(project: Deployed, registry: RegistryTable) -> None:
    stack_id = deploy(project.emulator)
    end = int(time.time()) + TTL_SECONDS + 600  # later than what the stack says
    write(registry, record(stack_id, end - TTL_SECONDS))
    code, out, talk = mockenv(project, "extend-ttl", "pr-7", "--hours", "4", TZ="XYZ-1")
    assert (code, talk) == (0, "")
    assert "pr-7 ends 4 h later" in out
    assert re.search(r"old end  \S+ \S+ UTC  \S+ \S+ XYZ  in [78] h", out)
    assert re.search(r"new end  \S+ \S+ UTC  \S+ \S+ XYZ  in 1[12] h", out)
    code, out, _ = mockenv(project, "extend-ttl", "pr-7", "--hours", "1", "--json")
    assert code == 0
    told = json.loads(out)
    assert told["before"] == {"ends_at": iso(end + 4 * 3_600), "is_pinned": False}
    assert told["after"] == {"ends_at": iso(end + 5 * 3_600), "is_pinned": False}
    kept = registry.read("pr-7")
    assert kept is not None
    assert kept.expires_at == end + 5 * 3_600


def test_a_pin(project: Deployed, registry: RegistryTable) -> None:
    write(registry, record(deploy(project.emulator), int(time.time())))
    out = mockenv(project, "extend-ttl", "pr-7", "--pin")[1]
    assert "pr-7 is pinned" in out
    assert "new end  none: it is pinned" in out


@pytest.mark.usefixtures("registry")
def test_an_unknown_environment(project: Deployed) -> None:
    code, out, talk = mockenv(project, "extend-ttl", "pr-8", "--hours", "4")
    assert (code, out) == (3, "")
    assert "there is no environment pr-8 of shop" in talk


def test_no_shared_stacks(project: Deployed) -> None:
    code, _, talk = mockenv(project, "extend-ttl", "pr-7", "--hours", "4")
    assert code == 1
    assert "the shared stacks of shop are not in this account and region" in talk
    assert "cdk deploy --all" in talk


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("pr-7",), "exactly one of --hours"),
        (("pr-7", "--hours", "0"), "--hours"),
        (("pr-7", "--until", "tomorrow"), "is no time"),
        (("pr-0", "--pin"), "can't be an environment's name"),
        (("pr-7", "--pin", "--file", "none.yaml"), "can't be read"),
    ],
)
def test_bad_input(project: Deployed, arguments: tuple[str, ...], message: str) -> None:
    code, _, talk = mockenv(project, "extend-ttl", *arguments)
    assert code == 2
    assert message in talk


def test_a_record_that_can_not_be_read(project: Deployed, registry: RegistryTable) -> None:
    deploy(project.emulator)
    broken = {"environment": {"S": "pr-7"}, "generation": {"S": "x"}}
    registry.client.put_item(TableName=registry.table_name, Item=broken)
    code, _, talk = mockenv(project, "extend-ttl", "pr-7", "--pin")
    assert code == 1
    assert "generation is 'x'" in talk
    assert "something unexpected" not in talk
