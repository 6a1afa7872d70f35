"""`mockenv push`, `versions` and `rollback` as processes, against the emulator."""

import json
from pathlib import Path

import pytest

from aws_emulator import AwsEmulator
from cli.program import run
from cloud.conftest import Deployed, mockenv
from cloud.deployed_environment import DOCUMENT

BROKEN = DOCUMENT.replace("paths:\n", "paths:\n  /x: {$ref: './missing.yaml'}\n")


def test_push_versions_and_rollback(deployed: Deployed) -> None:
    (deployed.file.parent / "shop.yaml").write_text(DOCUMENT.replace("count: 1", "count: 2"))
    code, second, talk = mockenv(deployed, "push", "pr-7", "--wait", "0")
    assert code == 0, talk
    assert f"pr-7 has version {second} now, in place of {deployed.first}" in talk
    code, listed, _ = mockenv(deployed, "versions", "pr-7")
    assert code == 0
    assert f"* {second}" in listed
    assert f"  {deployed.first}" in listed
    told = json.loads(mockenv(deployed, "versions", "pr-7", "--json")[1])
    assert [version["current"] for version in told if version["version"] == second] == [True]
    code, back, talk = mockenv(
        deployed, "rollback", "pr-7", "--to", "previous", "--wait", "0", "--json"
    )
    assert code == 0, talk
    assert json.loads(back)["version"] == deployed.first


def test_a_push_without_a_change_says_so(deployed: Deployed) -> None:
    code, version, talk = mockenv(deployed, "push", "pr-7")
    assert (code, version) == (0, deployed.first)
    assert "nothing was changed" in talk


def test_a_broken_document_changes_nothing_on_aws(deployed: Deployed) -> None:
    (deployed.file.parent / "shop.yaml").write_text(BROKEN)
    code, out, talk = mockenv(deployed, "push", "pr-7", "--wait", "0")
    assert (code, out) == (2, "")
    assert "missing.yaml" in talk
    assert deployed.store.current().version == deployed.first


def test_a_document_that_only_the_mock_host_refuses(deployed: Deployed) -> None:
    (deployed.file.parent / "shop.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {}\n"
    )
    code, _, talk = mockenv(deployed, "push", "pr-7", "--wait", "0")
    assert code == 2
    assert "mock 'shop'" in talk
    assert "nothing was changed on AWS" in talk


def test_expectations_that_are_wrong_change_nothing_on_aws(deployed: Deployed) -> None:
    wrong = '[\n {"httpRequest": {"pth": "/x"}, "httpResponse": {}}\n]'
    (deployed.file.parent / "ledger.json").write_text(wrong)
    code, _, talk = mockenv(deployed, "push", "pr-7", "--wait", "0")
    assert code == 2
    assert "ledger.json:2: [0].httpRequest.pth: unknown key" in talk
    assert deployed.store.current().version == deployed.first


def test_changed_expectations_are_pushed_without_a_mockserver_here(deployed: Deployed) -> None:
    (deployed.file.parent / "ledger.json").write_text('[{"httpResponse": {"statusCode": 202}}]')
    code, version, talk = mockenv(deployed, "push", "pr-7", "--wait", "0")
    assert code == 0, talk
    assert deployed.store.current().version == version


def test_an_unknown_environment(deployed: Deployed) -> None:
    code, _, talk = mockenv(deployed, "versions", "pr-8")
    assert code == 3
    assert "there is no environment pr-8 of shop" in talk


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "AWS can't be reached"),
        ({"AWS_PROFILE": "nobody"}, "list-profiles"),
    ],
)
def test_what_is_wrong_on_this_side_is_said(
    deployed: Deployed, variables: dict[str, str], message: str
) -> None:
    code, _, talk = mockenv(deployed, "versions", "pr-7", **variables)
    assert code in {1, 2}
    assert message in talk


COMMANDS = [
    ("versions", "pr-7"),
    ("extend-ttl", "pr-7", "--pin"),
    ("list",),
    ("status", "pr-7"),
    ("logs", "pr-7"),
    ("destroy", "pr-7", "--yes"),
    ("reap",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_without_credentials(project: Deployed, command: tuple[str, ...]) -> None:
    bare = {"AWS_ENDPOINT_URL": project.emulator.url, "AWS_DEFAULT_REGION": "eu-central-1",
            "AWS_EC2_METADATA_DISABLED": "true"}  # fmt: skip
    done = run(*command, folder=project.file.parent, **bare)
    assert done.returncode == 1
    assert "there are no AWS credentials" in done.stderr


@pytest.mark.parametrize(
    ("variables", "code", "message"),
    [
        ({"AWS_REGION": "eu-central-1"}, 1, "there are no AWS credentials"),
        ({"AWS_REGION": ""}, 2, "no AWS region is chosen"),
        ({}, 2, "no AWS region is chosen"),
    ],
)
def test_the_region_may_be_a_variable(
    tmp_path: Path, variables: dict[str, str], code: int, message: str
) -> None:
    (tmp_path / "mockenv.yaml").write_text("project: shop\n")
    nowhere = {"AWS_CONFIG_FILE": "/dev/null", "AWS_EC2_METADATA_DISABLED": "true"}
    done = run("logs", "pr-7", folder=tmp_path, **nowhere, **variables)
    assert done.returncode == code
    assert message in done.stderr


def test_emulators_share_nothing(emulator: AwsEmulator) -> None:
    assert emulator.client("cloudformation").describe_stacks()["Stacks"] == []
