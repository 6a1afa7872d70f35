"""Settings of the local run alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mockenv.settings.problems import Problem
from mockenv.settings.resolve import resolve_environment, resolve_local_run

MINIMAL = "project: shop\nmocks:\n  core: {path: /, spec: core.yaml}\n"
USERS = f"{MINIMAL}local:\n  users:\n"
Ask = Callable[[str], Problem]
Write = Callable[[str], Path]


def test_users_with_passwords_and_scopes(settings_file: Write) -> None:
    file = settings_file(f"{USERS}    alice: {{password: hunter2, scopes: [read, 'a:b/c']}}\n")
    user = resolve_local_run(file, "local").local.users["alice"]
    assert user.password.get_secret_value() == "hunter2"
    assert user.scopes == ("read", "a:b/c")


def test_nothing_that_goes_to_aws_is_made_from_them(settings_file: Write) -> None:
    without = settings_file(MINIMAL)
    expected = resolve_environment(without, "pr-1")
    assert not hasattr(expected, "local")
    with_users = settings_file(f"{USERS}    alice: {{password: hunter2}}\n")
    assert resolve_environment(with_users, "pr-1") == expected


@pytest.mark.parametrize(
    ("user", "key", "right"),
    [
        ("a:b: {password: x}", "local.users.a:b", "1 to 64 letters"),
        ("alice: {}", "local.users.alice.password", "add password:"),
        ("alice: {password: x, scopes: ['a b']}", "local.users.alice.scopes.0", "one word"),
        ("alice: {password: x, scopes: ['a\"b']}", "local.users.alice.scopes.0", "one word"),
        ("alice: {password: ''}", "local.users.alice.password", "at least 1"),
        ("alice: {password: x, scope: [a]}", "local.users.alice.scope", "did you mean scopes?"),
    ],
)
def test_mistakes_are_named(problem: Ask, user: str, key: str, right: str) -> None:
    found = problem(f"{USERS}    {user}\n")
    assert (found.line, found.key) == (6, key)
    assert right in found.right


@pytest.mark.parametrize(
    "user",
    [
        "alice: hunter2",
        "alice: [hunter2]",
        "alice: {password: [hunter2]}",
        "alice: {password: {hunter2: 1}}",
        "alice: {password: !hunter2 }",
        "alice: {password: !!int hunter2}",
        "alice: {password: !!binary aHVudGVyMg==}",
        "alice: {password: *hunter2 }",
        "alice: {pasword: hunter2}",
        f"alice: {{password: {'hunter2' * 30}}}",
    ],
)
def test_a_password_that_can_not_be_used_is_not_repeated(
    problems: Callable[[str], tuple[Problem, ...]], user: str
) -> None:
    said = " ".join(f"{found} {found!r}" for found in problems(f"{USERS}    {user}\n"))
    assert "hunter2" not in said


@pytest.mark.parametrize("number", ["20270", "2024-01-01", "2024-99-99", "0x4F2E", "20.27"])
def test_a_password_that_looks_like_a_number_is_not_repeated_either(
    problem: Ask, number: str
) -> None:
    found = problem(f"{USERS}    alice: {{password: {number}}}\n")
    assert number not in str(found)
    assert "20270" not in str(found)  # 0x4F2E as YAML reads it
    assert "quotes" in str(found)
