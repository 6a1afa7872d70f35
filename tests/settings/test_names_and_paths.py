"""Names, base paths and priorities that can't be used: outside the fixed forms, or used twice."""

from collections.abc import Callable

import pytest

from mockenv.settings.problems import Problem

Ask = Callable[[str], Problem]

MINIMAL = """\
project: shop
mocks:
  core: {path: /, spec: core.yaml}
"""


def with_path(path: str) -> str:
    return f"project: shop\nmocks:\n  core:\n    path: {path}\n    spec: core.yaml\n"


def with_environment(line: str) -> str:
    return f"{MINIMAL}environments:\n  {line}\n"


@pytest.mark.parametrize(
    "project", ["Shop", "my-shop", "1shop", "a" * 17, "shöp", "''", "'shop '", "'a\\n'"]
)
def test_a_project_without_the_form_is_refused(problem: Ask, project: str) -> None:
    found = problem(MINIMAL.replace("shop", project))
    assert (found.line, found.key) == (1, "project")
    assert found.right == "a project is 1 to 16 lower-case letters and digits, a letter first"


@pytest.mark.parametrize("name", ["Core", "1core", "-core", "co_re", "a" * 32, "''", "cöre"])
def test_a_mock_name_without_the_form_is_refused(problem: Ask, name: str) -> None:
    found = problem(MINIMAL.replace("core:", f"{name}:"))
    assert (found.line, found.wrong) == (3, "this name can't be used")
    assert found.key == f"mocks.{name.strip(chr(39))}"
    assert found.right.startswith("a mock's name is 1 to 31 lower-case letters")


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("pr-0", "pull request environments are pr-1 to pr-40000"),
        ("pr-99999", "pull request environments are pr-1 to pr-40000"),
        ("pr-40001", "pull request environments are pr-1 to pr-40000"),
        ("pr-007", "without leading zeros"),
        ("pr-", "pull request environments are pr-1 to pr-40000"),
        ("pr-new", "pull request environments are pr-1 to pr-40000"),
        ("Dev", "an environment's name is 1 to 20 lower-case letters"),
        ("dev-", "ends with a letter or digit"),
        ("a" * 21, "an environment's name is 1 to 20 lower-case letters"),
        ("pr-*x", "pull request environments"),
        ("'d*v'", "an environment's name is"),
        ("'1*'", "a pattern is the start of a name and one * at its end"),
        ("'dev**'", "a pattern is the start of a name and one * at its end"),
    ],
)
def test_an_environment_name_without_the_form_is_refused(
    problem: Ask, name: str, right: str
) -> None:
    found = problem(with_environment(f"{name}: {{}}"))
    assert (found.line, found.wrong) == (5, "this name can't be used")
    assert found.key == f"environments.{name.strip(chr(39))}"
    assert right in found.right


@pytest.mark.parametrize(
    "path", ["core", "/core/", "//", "/a//b", "/a b", "/é", "/a/../b", "/.", "''"]
)
def test_a_base_path_without_the_form_is_refused(problem: Ask, path: str) -> None:
    found = problem(with_path(path))
    assert (found.line, found.key) == (4, "mocks.core.path")
    assert found.right.startswith("a path is / or /name or /name/name")


@pytest.mark.parametrize("path", ["/_mockenv", "/_mockenv/health", "/_mockenv/a/b"])
def test_a_base_path_under_our_own_is_refused(problem: Ask, path: str) -> None:
    found = problem(with_path(path))
    assert (found.line, found.key) == (4, "mocks.core.path")
    assert found.right == "/_mockenv is mockenv's own: choose another path"


def test_a_path_used_twice_names_its_first_owner(problem: Ask) -> None:
    found = problem(
        f"{MINIMAL}  auth: {{path: /a, spec: core.yaml}}\n  psp:\n    path: /\n"
        "    spec: core.yaml\n"
    )
    assert (found.line, found.key) == (6, "mocks.psp.path")
    assert found.wrong == "/ is used by core already"
    assert found.right == "give psp a path of its own"


def test_a_priority_used_twice_names_its_first_owner(problem: Ask) -> None:
    found = problem(with_environment("dev: {priority: 40001}\n  int: {priority: 40001}"))
    assert (found.line, found.key) == (6, "environments.int.priority")
    assert found.wrong == "40001 is used by dev already"


@pytest.mark.parametrize("priority", [0, 1, 40_000, 50_001, "'40001'", "40001.0", "true"])
def test_a_priority_outside_the_named_range_is_refused(problem: Ask, priority: object) -> None:
    found = problem(with_environment(f"dev: {{priority: {priority}}}"))
    assert (found.line, found.key) == (5, "environments.dev.priority")
    assert "can't be used" in found.wrong
