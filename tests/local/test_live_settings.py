"""A settings file that changes while its environment runs."""

import os
from pathlib import Path

import pytest

from mockenv.local.live_settings import LiveSettings, replace_file
from mockenv.settings.local import Local
from mockenv.settings.resolve import EnvironmentSettings, resolve_local_run

DOCUMENT = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n"
SETTINGS = """\
project: shop
mocks:
  shop: {path: /, spec: shop.yaml}
  ledger: {path: /ledger, engine: mockserver, expectations: ledger.json}
defaults: {size: large}
"""


class Followed:
    """A settings file, the looks at it, and what came of them."""

    def __init__(self, folder: Path) -> None:
        (folder / "shop.yaml").write_text(DOCUMENT)
        (folder / "ledger.json").write_text("[]")
        (folder / "other.json").write_text("[]")
        self.file = folder / "mockenv.yaml"
        self.file.write_text(SETTINGS)
        self.applied: list[EnvironmentSettings] = []
        self.applied_local: list[Local] = []
        self.told: list[str] = []
        self.live = LiveSettings(
            self.file,
            resolve_local_run(self.file, "local"),
            apply=self.applied.append,
            apply_local=self.applied_local.append,
            tell=self.told.append,
        )
        self.edits = 0

    def edit(self, old: str, new: str) -> None:
        self.file.write_text(self.file.read_text().replace(old, new))
        self.edits += 1
        os.utime(self.file, ns=(0, self.edits))

    def look(self) -> None:
        self.live.look()
        self.live.look()


@pytest.fixture
def followed(tmp_path: Path) -> Followed:
    return Followed(tmp_path)


def test_a_moved_mock_is_applied_once(followed: Followed) -> None:
    followed.edit("path: /,", "path: /shop,")
    followed.look()
    followed.look()
    assert [settings.mocks[0].path for settings in followed.applied] == ["/shop"]
    assert followed.told == []


def test_a_file_that_is_still_being_written_is_left_alone(followed: Followed) -> None:
    followed.edit("path: /,", "path: /a,")
    followed.live.look()
    followed.edit("path: /a,", "path: /b,")
    followed.live.look()
    assert followed.applied == []
    followed.live.look()
    assert [settings.mocks[0].path for settings in followed.applied] == ["/b"]


def test_a_mistake_is_told_once_and_mending_it_recovers(followed: Followed) -> None:
    followed.edit("path: /,", "pth: /,")
    followed.look()
    followed.look()
    assert followed.applied == []
    assert len(followed.told) == 1
    assert "mockenv.yaml:3: mocks.shop.pth: unknown key" in followed.told[0]
    assert "until then, what was right goes on" in followed.told[0]
    followed.edit("pth: /,", "path: /shop,")
    followed.look()
    assert [settings.mocks[0].path for settings in followed.applied] == ["/shop"]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("defaults:", "tokens: {cache_seconds: 0}\ndefaults:", "tokens"),
        ("defaults:", "tokens: none-i-want-this-open\ndefaults:", "tokens"),
        ("path: /,", "path: /, scopes: [read],",
         "scopes, or of the path of a mock that needs some"),
        ("  ledger: {path: /ledger, engine: mockserver, expectations: ledger.json}\n", "",
         "MockServer mocks"),
    ],
)  # fmt: skip
def test_what_other_processes_hold_waits_for_the_next_start(
    followed: Followed, old: str, new: str, what: str
) -> None:
    followed.edit(old, new)
    followed.look()
    assert followed.applied == []
    expected = f"mockenv.yaml: a change of {what} waits for the next mockenv up"
    assert followed.told == [expected]


def test_other_expectations_are_applied(followed: Followed) -> None:
    followed.edit("ledger.json", "other.json")
    followed.look()
    assert [settings.mocks[1].source.name for settings in followed.applied] == ["other.json"]
    assert followed.told == []


def test_users_are_exchanged_at_once_whatever_else_has_to_wait(followed: Followed) -> None:
    users = "local: {users: {alice: {password: one}}}\n"
    followed.edit("defaults:", f"tokens: {{cache_seconds: 0}}\n{users}defaults:")
    followed.look()
    assert [set(local.users) for local in followed.applied_local] == [{"alice"}]
    assert (followed.applied, len(followed.told)) == ([], 1)
    followed.edit("one", "two")
    followed.look()
    assert len(followed.applied_local) == 2
    followed.edit("size: large", "size: xlarge")
    followed.look()
    assert len(followed.applied_local) == 2


def test_a_change_that_a_local_run_has_no_use_for_is_silent(followed: Followed) -> None:
    followed.edit("size: large", "size: xlarge")
    followed.look()
    assert (followed.applied, followed.told) == ([], [])


def test_a_file_that_is_gone_for_a_moment_changes_nothing(followed: Followed) -> None:
    text = followed.file.read_text()
    followed.file.unlink()
    followed.look()
    followed.file.write_text(text.replace("path: /,", "path: /shop,"))
    followed.look()
    assert [settings.mocks[0].path for settings in followed.applied] == ["/shop"]
    assert followed.told == []


def test_replacing_a_file_leaves_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "environment.json"
    file.write_text("old")
    replace_file(file, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["environment.json"]
    assert file.read_text() == "new"
