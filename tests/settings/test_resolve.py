"""From a file and a name to an environment: which profile counts, and what it comes to."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from mockenv.errors import ExitCode, MockenvError
from mockenv.settings.model import Engine, TaskCount
from mockenv.settings.network import Nat
from mockenv.settings.problems import SettingsError
from mockenv.settings.resolve import environment_settings, load_settings, resolve_environment

Write = Callable[[str], Path]

MINIMAL = "project: shop\nmocks:\n  core: {path: /, spec: core.yaml}\n"
LAYERS = f"""{MINIMAL}
defaults: {{ttl: 1h, owner: everyone, size: medium}}
environments:
  '*': {{ttl: 2h, spot: true}}
  d*: {{ttl: 3h}}
  dev-*: {{ttl: 4h}}
  pr-*: {{ttl: 6h}}
  pr-1*: {{ttl: 7h}}
  dev-blue: {{ttl: 5h, priority: 40007}}
  pr-12: {{ttl: 8h, max_ttl: never}}
"""


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("dev-blue", 5),
        ("dev-green", 4),
        ("dev", 3),
        ("demo", 3),
        ("int", 2),
        ("pr-12", 8),
        ("pr-1", 7),
        ("pr-123", 7),
        ("pr-2", 6),
    ],
)
def test_an_exact_name_counts_before_the_longest_pattern(
    settings_file: Write, name: str, hours: int
) -> None:
    assert resolve_environment(settings_file(LAYERS), name).ttl_seconds == hours * 3_600


def test_a_pattern_s_place_in_the_file_does_not_count(settings_file: Write) -> None:
    lines = LAYERS.splitlines()
    start = lines.index("environments:") + 1
    reversed_text = "\n".join([*lines[:start], *reversed(lines[start:])])
    names = ["dev-blue", "dev-green", "dev", "int", "pr-12", "pr-123", "pr-2"]
    forward = [resolve_environment(settings_file(LAYERS), name) for name in names]
    assert [resolve_environment(settings_file(reversed_text), name) for name in names] == forward


def test_only_the_chosen_profile_counts_then_defaults_then_what_is_built_in(
    settings_file: Write,
) -> None:
    settings = resolve_environment(settings_file(LAYERS), "dev-blue")
    assert settings.ttl_seconds == 5 * 3_600
    assert settings.spot is False  # the pattern * was not chosen
    assert (settings.owner, settings.size) == ("everyone", (512, 1024))
    assert settings.max_ttl_seconds == 7 * 86_400
    assert settings.tasks == TaskCount(min=1, max=1)


def test_without_any_profile_the_built_in_values_count(settings_file: Write) -> None:
    settings = resolve_environment(settings_file(MINIMAL), "dev")
    assert (settings.size, settings.tasks) == ((256, 512), TaskCount(min=1, max=1))
    assert (settings.spot, settings.owner, settings.priority) == (False, None, None)
    assert (settings.ttl_seconds, settings.max_ttl_seconds) == (28_800, 604_800)
    assert settings.throttle.model_dump() == {"requests_per_second": 200, "burst": 400}
    assert settings.tokens is not None
    assert settings.tokens.model_dump() == {
        "header": "authorization",
        "cache_seconds": 300,
        "kinds": (),
    }
    assert (settings.network.cidr, settings.network.nat) == ("10.0.0.0/16", Nat.NONE)


def test_false_in_a_profile_counts_against_true_in_the_defaults(settings_file: Write) -> None:
    text = f"{MINIMAL}defaults: {{spot: true}}\nenvironments:\n  dev: {{spot: false}}\n"
    assert resolve_environment(settings_file(text), "dev").spot is False
    assert resolve_environment(settings_file(text), "int").spot is True


@pytest.mark.parametrize(
    ("name", "priority"), [("pr-1", 1), ("pr-40000", 40_000), ("dev-blue", 40_007), ("int", None)]
)
def test_the_priority_is_the_pull_request_s_number_or_the_stated_one(
    settings_file: Write, name: str, priority: int | None
) -> None:
    assert resolve_environment(settings_file(LAYERS), name).priority == priority


def test_never_is_no_seconds(settings_file: Write) -> None:
    text = f"{MINIMAL}defaults: {{ttl: never, max_ttl: never}}\n"
    settings = resolve_environment(settings_file(text), "dev")
    assert (settings.ttl_seconds, settings.max_ttl_seconds) == (None, None)


def test_mocks_keep_their_order_and_name_whole_paths(settings_file: Write, folder: Path) -> None:
    text = (
        "project: shop\nmocks:\n  zebra: {path: /z, spec: core.yaml}\n"
        "  ledger: {path: /, engine: mockserver, expectations: ledger.json, stateless: true}\n"
        "defaults: {size: medium, tasks: {max: 3}}\n"
    )
    zebra, ledger = resolve_environment(settings_file(text), "dev").mocks
    assert (zebra.name, zebra.path, zebra.engine) == ("zebra", "/z", Engine.PRISM)
    assert (ledger.name, ledger.engine, ledger.stateless) == ("ledger", Engine.MOCKSERVER, True)
    assert zebra.source == folder.resolve() / "core.yaml"


def test_paths_count_from_the_file_s_folder(
    settings_file: Write, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_file(MINIMAL)
    monkeypatch.chdir(folder.parent)
    relative = Path(folder.name) / "mockenv.yaml"
    assert resolve_environment(relative, "dev").mocks[0].source == folder.resolve() / "core.yaml"


@pytest.mark.parametrize("name", ["", "Dev", "pr-0", "pr-99999", "pr-x", "pr-*", "*", "a" * 21])
def test_a_name_that_no_environment_has_is_bad_input(settings_file: Write, name: str) -> None:
    with pytest.raises(MockenvError) as caught:
        resolve_environment(settings_file(MINIMAL), name)
    assert caught.value.exit_code is ExitCode.BAD_INPUT
    assert caught.value.message.startswith(f"{name!r} can't be an environment's name: ")
    assert caught.value.next_step == "choose a name such as dev, int or pr-123"


def test_a_bad_name_is_said_before_the_file_is_read(tmp_path: Path) -> None:
    with pytest.raises(MockenvError) as caught:
        resolve_environment(tmp_path / "gone.yaml", "pr-0")
    assert not isinstance(caught.value, SettingsError)


def test_the_same_file_gives_equal_settings(settings_file: Write) -> None:
    file = settings_file(LAYERS)
    loaded = load_settings(file)
    assert resolve_environment(file, "pr-7") == resolve_environment(file, "pr-7")
    assert environment_settings(loaded, "pr-7") == resolve_environment(file, "pr-7")
    assert resolve_environment(file, "pr-7") != resolve_environment(file, "pr-8")


def test_settings_are_frozen(settings_file: Write) -> None:
    loaded = load_settings(settings_file(LAYERS))
    settings = environment_settings(loaded, "dev")
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.spot = True  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.mocks[0].path = "/x"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        settings.tokens.cache_seconds = 1  # type: ignore[union-attr]
    with pytest.raises(ValidationError, match="frozen"):
        loaded.settings.project = "other"
