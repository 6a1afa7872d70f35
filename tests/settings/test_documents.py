"""Source files that mocks name: missing, broken, or of another kind than the engine serves."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mockenv.settings.documents import LARGEST_EXPECTATIONS_BYTES, LARGEST_SOURCE_BYTES
from mockenv.settings.problems import Problem
from mockenv.settings.resolve import load_settings

Ask = Callable[[str], Problem]
Write = Callable[[str], Path]

TEXT = "project: shop\nmocks:\n  core:\n    path: /\n    spec: {name}\n"
LEDGER = (
    "project: shop\nmocks:\n  ledger:\n    path: /\n    engine: mockserver\n"
    "    expectations: {name}\ndefaults: {{size: medium}}\n"
)
INFO = "info: {title: t, version: '1'}\n"


@pytest.fixture
def refuse(folder: Path, problem: Ask) -> Callable[[str | bytes, str], Problem]:
    def ask(content: str | bytes, name: str = "doc.yaml") -> Problem:
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
        found = problem(TEXT.format(name=name))
        assert (found.file, found.line, found.key) == ("mockenv.yaml", 5, "mocks.core.spec")
        return found

    return ask


Refuse = Callable[..., Problem]


def test_a_missing_document_says_where_it_is_expected(folder: Path, problem: Ask) -> None:
    found = problem(TEXT.format(name="docs/gone.yaml"))
    assert (found.line, found.key) == (5, "mocks.core.spec")
    assert found.wrong == "docs/gone.yaml does not exist"
    assert found.right == f"expected at {folder / 'docs/gone.yaml'}"


def test_a_folder_is_no_document(folder: Path, problem: Ask) -> None:
    (folder / "docs").mkdir()
    assert problem(TEXT.format(name="docs")).wrong == "docs is a folder"


def test_a_name_that_no_file_can_have_is_refused(problem: Ask) -> None:
    found = problem(TEXT.format(name="ü" * 199))
    assert found.wrong.endswith("can't be read (File name too long)")


@pytest.mark.parametrize(
    "content",
    ["", "just text", "- a\n", "[]", "name: not openapi\n", "asyncapi: 3.0.0\n", "null\n"],
)
def test_what_is_not_openapi_is_refused(refuse: Refuse, content: str) -> None:
    found = refuse(content)
    assert found.wrong == "doc.yaml is not an OpenAPI document"
    assert found.right == "it needs openapi: 3.x (or swagger: '2.0') at its top"


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("openapi: 3.1", "3.1"),
        ("openapi: 4.0.0", "4.0.0"),
        ("openapi: 3.2.0", "3.2.0"),
        ("openapi: '2.0'", "2.0"),
        ("swagger: '1.2'", "1.2"),
        ("swagger: 3.0.0", "3.0.0"),
    ],
)
def test_a_version_that_is_not_served_is_refused(refuse: Refuse, version: str, said: str) -> None:
    found = refuse(f"{version}\n{INFO}paths: {{}}\n")
    assert found.wrong == f"doc.yaml says OpenAPI {said}"
    assert found.right == "supported are 2.0, 3.0.x and 3.1.x, as text"


@pytest.mark.parametrize("rest", ["", f"{INFO}paths: []\n", "paths: {}\n", "info: x\npaths: {}\n"])
def test_a_document_without_info_or_with_odd_paths_is_refused(refuse: Refuse, rest: str) -> None:
    assert refuse(f"openapi: 3.1.0\n{rest}").wrong == "doc.yaml has no usable info and paths"


def test_broken_yaml_is_named_with_its_own_line(refuse: Refuse) -> None:
    found = refuse(f"openapi: 3.1.0\n{INFO}paths: {{\n")
    assert found.wrong.startswith("doc.yaml:4: is not valid YAML: ")
    assert found.right == "correct line 4 of doc.yaml"


def test_broken_json_is_named_with_its_own_line(refuse: Refuse) -> None:
    found = refuse('{\n  "openapi": "3.1.0",\n  info: 3\n}', "doc.json")
    assert found.wrong.startswith("doc.json:3: is not valid JSON: ")
    assert found.right == "correct line 3 of doc.json"


@pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe0 a picture", b"openapi: \x80"])
def test_a_binary_document_is_refused(refuse: Refuse, content: bytes) -> None:
    assert refuse(content).wrong == "doc.yaml is not UTF-8 text"


@pytest.mark.parametrize("levels", [400, 5_000, 100_000])
def test_nesting_that_would_end_a_parser_is_refused(refuse: Refuse, levels: int) -> None:
    deep = f"{'[' * levels}{']' * levels}"
    yaml_problem = refuse(f"openapi: 3.1.0\n{INFO}paths: {{}}\nx-deep: {deep}\n")
    assert "doc.yaml:4: is not valid YAML: more than 300 levels" in yaml_problem.wrong


def test_nesting_that_would_end_a_parser_is_refused_in_json(refuse: Refuse) -> None:
    found = refuse("[" * 100_000, "doc.json")
    assert found.wrong.startswith("doc.json holds what can't be read: ")


def test_a_file_too_large_to_read_is_refused_unread(folder: Path, problem: Ask) -> None:
    with (folder / "doc.yaml").open("wb") as file:
        file.truncate(LARGEST_SOURCE_BYTES + 1)
    found = problem(TEXT.format(name="doc.yaml"))
    assert (found.wrong, found.right) == ("doc.yaml is too large", "at most 50 MB are read")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("doc.yaml", f"openapi: 3.0.3\n{INFO}paths: {{}}\n"),
        ("doc.yaml", f"openapi: 3.1.1\n{INFO}components: {{}}\n"),
        ("doc.yml", f"swagger: '2.0'\n{INFO}paths: {{}}\n"),
        ("doc.yaml", f"swagger: 2.0\n{INFO}paths: {{}}\n"),
        ("doc", f"\ufeffopenapi: 3.1.0\n{INFO}paths: {{}}\n"),
        ("doc.json", '{"openapi": "3.1.0", "info": {}, "paths": {}}'),
        ("doc.yaml", '{"openapi": "3.1.0", "info": {}, "paths": {}}'),
        ("doc.yaml", f"openapi: 3.1.0\n{INFO}paths: {{}}\nx-example: 2026-02-30\n"),
        ("doc.yaml", f"openapi: 3.1.0\n{INFO}paths: {{}}\nx-a: &a {{}}\nx-b: *a\n"),
    ],
)
def test_a_document_in_any_usual_form_loads(
    folder: Path, settings_file: Write, name: str, content: str
) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    loaded = load_settings(settings_file(TEXT.format(name=name)))
    assert loaded.settings.mocks["core"].spec == name


@pytest.mark.parametrize(
    ("content", "right"),
    [
        ("{}", "MockServer expectations are a JSON array of objects"),
        ("[1]", "this is an object"),
        ('"text"', "MockServer expectations are a JSON array of objects"),
        ("[NaN]", "nest less deeply, write shorter numbers"),
    ],
)
def test_expectations_are_a_list_of_objects(
    folder: Path, problem: Ask, content: str, right: str
) -> None:
    (folder / "odd.json").write_text(content)
    found = problem(LEDGER.format(name="odd.json"))
    assert (found.line, found.key) == (6, "mocks.ledger.expectations")
    assert found.wrong.startswith("odd.json")
    assert found.right == right


def test_every_mistake_in_expectations_is_named_with_its_own_line(
    folder: Path, problems: Callable[[str], tuple[Problem, ...]]
) -> None:
    (folder / "odd.json").write_text('[\n  {"httpResponse": {"bdy": ""}},\n  {}\n]')
    found = problems(LEDGER.format(name="odd.json"))
    assert [one.wrong for one in found] == [
        "odd.json:2: [0].httpResponse.bdy: unknown key",
        "odd.json:3: [1]: needs exactly one action",
    ]


def test_expectations_are_json_whatever_their_file_is_called(folder: Path, problem: Ask) -> None:
    (folder / "odd.yaml").write_text("- httpResponse: {}\n")
    assert problem(LEDGER.format(name="odd.yaml")).wrong.startswith("odd.yaml:1: is not valid JSON")


def test_expectations_larger_than_mockserver_takes_are_refused_unread(
    folder: Path, problem: Ask
) -> None:
    with (folder / "odd.json").open("wb") as file:
        file.truncate(LARGEST_EXPECTATIONS_BYTES + 1)
    assert problem(LEDGER.format(name="odd.json")).right == "at most 10 MB are read"


def test_a_document_in_the_place_of_expectations_is_refused(problem: Ask) -> None:
    assert problem(LEDGER.format(name="core.yaml")).key == "mocks.ledger.expectations"


def test_every_broken_source_is_named(problems: Callable[[str], tuple[Problem, ...]]) -> None:
    found = problems(f"{TEXT.format(name='a.yaml')}  psp: {{path: /psp, spec: b.yaml}}\n")
    assert [one.key for one in found] == ["mocks.core.spec", "mocks.psp.spec"]
