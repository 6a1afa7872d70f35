"""What is wrong with the file as YAML, before any of its values is looked at."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mockenv.settings.problems import Problem, SettingsError
from mockenv.settings.resolve import load_settings

Ask = Callable[[str], Problem]
Write = Callable[[str], Path]

MINIMAL = "project: shop\nmocks:\n  core: {path: /, spec: core.yaml}\n"


def refusal(file: Path) -> Problem:
    with pytest.raises(SettingsError) as caught:
        load_settings(file)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


def test_a_missing_file_says_what_makes_one(tmp_path: Path) -> None:
    found = refusal(tmp_path / "mockenv.yaml")
    assert found.file == str(tmp_path / "mockenv.yaml")
    assert found.wrong == "can't be read (No such file or directory)"
    assert "mockenv init" in found.right


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "Is a directory" in refusal(tmp_path).wrong


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00a", b"\x80", b"project: \xe9", bytes(range(256))]
)
def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "mockenv.yaml"
    file.write_bytes(content)
    found = refusal(file)
    assert (found.wrong, found.right) == ("is not UTF-8 text", "save it as UTF-8 text")


@pytest.mark.parametrize("content", [b"\x00", b"a: \x01\n", b"\x7f"])
def test_control_characters_are_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "mockenv.yaml"
    file.write_bytes(content)
    assert refusal(file).wrong.startswith("is not valid YAML: ")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(folder: Path) -> None:
    file = folder / "mockenv.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode())
    assert load_settings(file).settings.project == "shop"


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "~\n"])
def test_an_empty_file_is_refused(problem: Ask, text: str) -> None:
    found = problem(text)
    assert (found.file, found.key) == ("mockenv.yaml", "")
    assert found.wrong == "has no value"
    assert found.right.startswith("this is keys with values: defaults, ")


@pytest.mark.parametrize("text", ["just text\n", "- a\n- b\n", "3\n"])
def test_a_file_without_keys_is_refused(problem: Ask, text: str) -> None:
    found = problem(text)
    assert (found.line, found.key) == (1, "")
    assert found.right.startswith("this is keys with values: defaults, ")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("project: shop\n  mocks: {}\n", 2),
        ("project: 'shop\n", 2),
        ("project: shop\nmocks: {core: {path: /\n", 3),
        ("project: shop\n\tmocks: {}\n", 2),
        ("project: %\n", 1),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: !!python/object:os.system {}\n", 1),
        ("? [a]\n: b\n", 1),
    ],
)
def test_broken_yaml_is_refused_with_its_line(problem: Ask, text: str, line: int) -> None:
    found = problem(text)
    assert (found.file, found.line) == ("mockenv.yaml", line)
    assert found.wrong.startswith("is not valid YAML: ")
    assert found.right == "check the indentation and quotes"


@pytest.mark.parametrize(
    ("text", "line", "key", "first"),
    [
        (f"{MINIMAL}project: shop\n", 4, "project", 1),
        (f"{MINIMAL}  core: {{path: /b, spec: core.yaml}}\n", 4, "mocks.core", 3),
        ("project: shop\nmocks:\n  core:\n    path: /\n    path: /\n", 5, "mocks.core.path", 4),
        (f"{MINIMAL}'project': shop\n", 4, "project", 1),
    ],
)
def test_a_repeated_key_is_refused(
    problem: Ask, text: str, line: int, key: str, first: int
) -> None:
    found = problem(text)
    assert (found.line, found.key) == (line, key)
    assert found.wrong == "this key stands here a second time"
    assert found.right == f"keep one of the two (the first is on line {first})"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a: &x {b: 1}\nc: *x\n", "c"),
        ("a: &x [1]\nb:\n  c:\n    - *x\n", "b.c.0"),
        ("a: &x {b: *x}\n", "a.b"),
        ("a: &x {}\nb:\n  <<: *x\n", "b.<<"),
    ],
)
def test_an_alias_is_refused(problem: Ask, text: str, key: str) -> None:
    found = problem(text)
    assert found.key == key
    assert (found.wrong, found.right) == ("is a YAML alias", "write the value out")


def test_aliases_that_multiply_are_refused_at_once(problems: Callable[[str], object]) -> None:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 40))
    assert problems(f"l0: &l0 [boom]\n{levels}")


@pytest.mark.parametrize("levels", [31, 400, 5_000, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("[", ""), ("? ", "")])
def test_deep_nesting_is_refused(problem: Ask, opening: str, closing: str, levels: int) -> None:
    found = problem(f"a: 1\nb:\n  {opening * levels}{closing * levels}\n")
    assert (found.file, found.line) == ("mockenv.yaml", 3)
    assert found.wrong == "is not valid YAML: more than 30 levels are nested here"


@pytest.mark.parametrize(
    "scalar", ["2026-13-45", "2026-01-01T99:00:00Z", "0x_", "!!int x", "!!bool x", "9" * 5_000]
)
def test_a_scalar_that_yaml_misreads_is_refused_with_its_line(problem: Ask, scalar: str) -> None:
    found = problem(f"{MINIMAL}defaults:\n  owner: {scalar}\n")
    assert found.line == 5
    assert "text needs quotes" in found.wrong


@pytest.mark.parametrize(
    "value", ["2026-01-31", "2026-01-31 10:00:00", ".nan", "!!binary aGk=", "!!set {a}"]
)
def test_a_value_that_settings_never_have_is_refused_at_its_key(problem: Ask, value: str) -> None:
    found = problem(f"{MINIMAL}defaults:\n  owner: {value}\n")
    assert (found.line, found.key) == (5, "defaults.owner")
    assert found.right == "put text that looks like a date or a number in quotes"


@pytest.mark.parametrize("key", ["1", "on", "~", "2026-01-31", "1.5"])
def test_a_key_that_is_not_text_is_refused(problem: Ask, key: str) -> None:
    found = problem(f"{MINIMAL}environments:\n  {key}: {{}}\n")
    assert found.key.startswith("environments.")
    assert found.wrong.endswith("is not text")


def test_line_numbers_count_comments_and_blank_lines(problem: Ask) -> None:
    assert problem(f"# hello\n\n# there\n{MINIMAL}\n\nsize: small\n").line == 9


def test_a_file_is_named_as_the_user_wrote_it(folder: Path) -> None:
    file = folder / "other.yml"
    file.write_text("project: Shop\n")
    with pytest.raises(SettingsError) as caught:
        load_settings(file)
    assert {found.file for found in caught.value.problems} == {"other.yml"}
