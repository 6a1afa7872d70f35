"""Bringing changed mocks into an environment: real S3 calls, against the emulator."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from cloud.conftest import Deployed
from cloud.deployed_environment import BUCKET, DOCUMENT, ENVIRONMENT, SETTINGS
from mockenv.cloud.push import Pushed, push, require_whole, roll_back
from mockenv.errors import ExitCode, MockenvError
from mockenv.settings.resolve import resolve_environment


def accept(_: Path) -> None:
    """Stand in for the mock host that finds nothing wrong."""


def refuse(_: Path) -> None:
    raise MockenvError("refused", next_step="mend it", exit_code=ExitCode.BAD_INPUT)


def pushed(deployed: Deployed) -> Pushed:
    settings = resolve_environment(deployed.file, ENVIRONMENT)
    return push(settings, deployed.store, pushed_by="arn:me", check=accept)


def change(deployed: Deployed, count: int) -> None:
    (deployed.file.parent / "shop.yaml").write_text(DOCUMENT.replace("count: 1", f"count: {count}"))


def test_a_changed_document_becomes_the_current_version(deployed: Deployed) -> None:
    change(deployed, 2)
    done = pushed(deployed)
    assert done.previous == deployed.first
    assert done.current_since is not None
    pointer = deployed.emulator.client("s3").head_object(Bucket=BUCKET, Key="current/version")
    assert abs(done.current_since - pointer["LastModified"]) <= timedelta(seconds=1)
    assert deployed.store.current().version == done.version
    assert f"versions/{done.version}/mocks/shop/shop.yaml" in deployed.stored_keys()
    assert f"versions/{deployed.first}/mocks/shop/shop.yaml" in deployed.stored_keys()


def test_the_same_sources_change_nothing(deployed: Deployed) -> None:
    before = deployed.stored_keys()
    assert pushed(deployed) == Pushed(deployed.first, deployed.first, None)
    assert deployed.stored_keys() == before


def test_sources_that_the_mock_host_refuses_never_reach_the_bucket(deployed: Deployed) -> None:
    change(deployed, 2)
    before = deployed.stored_keys()
    settings = resolve_environment(deployed.file, ENVIRONMENT)
    with pytest.raises(MockenvError, match="refused"):
        push(settings, deployed.store, pushed_by="arn:me", check=refuse)
    assert deployed.stored_keys() == before
    assert deployed.store.current().version == deployed.first


def test_somebody_else_s_change_meanwhile_is_not_overwritten(deployed: Deployed) -> None:
    change(deployed, 2)

    def meanwhile(_: Path) -> None:
        deployed.emulator.client("s3").put_object(
            Bucket=deployed.store._bucket, Key="current/version", Body=b"0123456789abcdef"
        )

    settings = resolve_environment(deployed.file, ENVIRONMENT)
    with pytest.raises(MockenvError, match="somebody else changed this environment's version"):
        push(settings, deployed.store, pushed_by="arn:me", check=meanwhile)
    assert deployed.store.current().version == "0123456789abcdef"


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        (SETTINGS.replace("path: /,", "path: /shop,"), "base paths"),
        (SETTINGS + "tokens: {header: x-mock-token}\n", "the token header"),
        (SETTINGS + "tokens: none-i-want-this-open\n", "the token header"),
        (SETTINGS.replace("spec:", "scopes: [read], spec:"), "whether scopes are needed"),
        (SETTINGS.replace("path: /ledger, engine: mockserver, expectations: ledger.json",
                          "path: /ledger, spec: shop.yaml"), "engines"),
    ],
)  # fmt: skip
def test_what_takes_a_deployment_is_refused(deployed: Deployed, settings: str, what: str) -> None:
    deployed.file.write_text(settings)
    with pytest.raises(MockenvError, match=what) as caught:
        pushed(deployed)
    assert caught.value.next_step == "deploy it: cdk deploy -c env=pr-7"
    assert deployed.store.current().version == deployed.first


def test_changed_expectations_become_the_current_version(deployed: Deployed) -> None:
    changed = '[{"httpRequest": {"path": "/x"}, "httpResponse": {}}]'
    (deployed.file.parent / "ledger.json").write_text(changed)
    done = pushed(deployed)
    assert deployed.store.current().version == done.version
    assert deployed.store.read(done.version, "mocks/ledger/ledger.json") == changed.encode()
    assert roll_back(deployed.store, "previous").version == deployed.first


def test_tasks_that_give_mockserver_its_expectations_at_the_start_take_a_deployment(
    deployed: Deployed,
) -> None:
    config = json.loads(deployed.store.read(deployed.first, "environment.json") or b"")
    del config["mocks"][1]["expectations"]
    deployed.emulator.client("s3").put_object(
        Bucket=deployed.store._bucket,
        Key=f"versions/{deployed.first}/environment.json",
        Body=json.dumps(config).encode(),
    )
    change(deployed, 2)
    with pytest.raises(MockenvError, match="engines"):
        pushed(deployed)


def test_versions_are_listed_newest_first_with_who_brought_them(deployed: Deployed) -> None:
    change(deployed, 2)
    second = pushed(deployed).version
    listed = deployed.store.versions()
    assert {(v.version, v.pushed_by, v.is_current) for v in listed} == {
        (second, "arn:me", True),
        (deployed.first, None, False),
    }
    assert listed[0].stored_at >= listed[1].stored_at


def test_back_to_a_version_by_its_start_and_to_the_previous_one(deployed: Deployed) -> None:
    change(deployed, 2)
    second = pushed(deployed).version
    assert roll_back(deployed.store, deployed.first[:6]).version == deployed.first
    assert deployed.store.current().version == deployed.first
    assert roll_back(deployed.store, "previous").version == second


@pytest.mark.parametrize("wanted", ["ffff", "", "abc", "previous"])
def test_what_was_never_served_can_t_be_rolled_back_to(deployed: Deployed, wanted: str) -> None:
    with pytest.raises(MockenvError) as caught:
        roll_back(deployed.store, wanted)
    assert caught.value.exit_code == ExitCode.BAD_INPUT


def test_the_current_version_is_no_way_back(deployed: Deployed) -> None:
    with pytest.raises(MockenvError, match="is current already"):
        roll_back(deployed.store, deployed.first)


@pytest.mark.parametrize(
    ("status", "step"),
    [
        ("UPDATE_IN_PROGRESS", "wait until that is over"),
        ("DELETE_IN_PROGRESS", "wait until that is over"),
        ("ROLLBACK_COMPLETE", "deploy it again"),
        ("DELETE_FAILED", "deploy it again"),
    ],
)
def test_a_stack_that_is_not_at_rest_is_left_alone(status: str, step: str) -> None:
    with pytest.raises(MockenvError) as caught:
        require_whole("pr-7", status)
    assert status in caught.value.message
    assert step in caught.value.next_step


def test_a_stack_at_rest_may_be_changed() -> None:
    require_whole("pr-7", "UPDATE_COMPLETE")
