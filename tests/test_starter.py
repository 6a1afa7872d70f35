"""The starter file: whatever the document's title, it loads and serves that document."""

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mockenv.errors import ExitCode, MockenvError
from mockenv.settings.resolve import LoadedSettings, load_settings, resolve_environment
from mockenv.settings.tokens import Tokens
from mockenv.starter import STARTER, starter_file

SPECS = Path(__file__).parent / "specs"


def document(title: object) -> str:
    return json.dumps({"openapi": "3.1.0", "info": {"title": title, "version": "1"}, "paths": {}})


def start(folder: Path, title: object, project: str | None = None) -> LoadedSettings:
    spec = folder / "doc.json"
    spec.write_text(document(title))
    file = folder / "mockenv.yaml"
    file.write_text(starter_file(spec, folder, project), encoding="utf-8")
    return load_settings(file)


@pytest.mark.parametrize(
    ("title", "project", "mock"),
    [
        ("Core API", "core", "core"),
        ("Swagger Petstore", "petstore", "petstore"),
        ("GitHub v3 REST API", "githubv3", "github-v3"),
        ("The 3D Shop", "dshop", "d-shop"),
        ("Überweisungen für Kunden", "uberweisungenfur", "uberweisungen-fur-kunden"),
        ("API", "api", "api"),
        ("No", "no", "no"),
        ("null", "null", "null"),
        ("a" * 99, "a" * 16, "a" * 31),
        (f"{'a' * 30} b", "a" * 16, "a" * 30),
    ],
)
def test_names_come_from_the_title(tmp_path: Path, title: str, project: str, mock: str) -> None:
    loaded = start(tmp_path, title).settings
    assert loaded.project == project
    assert {name: one.path for name, one in loaded.mocks.items()} == {mock: f"/{mock}"}


@pytest.mark.parametrize("title", ["", "支払い", "42", "!?", None, 7, ["a"]])
def test_a_title_without_letters_leaves_the_folder_s_name(tmp_path: Path, title: object) -> None:
    folder = tmp_path / "9 My Shop"
    folder.mkdir()
    loaded = start(folder, title).settings
    assert (loaded.project, list(loaded.mocks)) == ("myshop", ["mocks"])


def test_without_any_letters_there_is_still_a_name(tmp_path: Path) -> None:
    folder = tmp_path / "42"
    folder.mkdir()
    assert start(folder, "42").settings.project == "mocks"


@settings(deadline=None)
@given(title=st.text(max_size=300) | st.text(alphabet="aB1 -_:#'\"\n{}$%é", max_size=80))
@example(title="yes")
@example(title="1e3")
@example(title="$project ${mock} %s {0}")
@example(title="K İ ſ ﬁ")
def test_any_title_gives_a_file_that_loads(
    tmp_path_factory: pytest.TempPathFactory, title: str
) -> None:
    loaded = start(tmp_path_factory.mktemp("shop"), title)
    assert [mock.spec for mock in loaded.settings.mocks.values()] == ["doc.json"]


@settings(deadline=None)
@given(
    name=st.text(
        alphabet=st.characters(exclude_characters="/\0", exclude_categories=["Cs"]),
        min_size=1,
        max_size=40,
    ).filter(lambda name: name not in {".", ".."})
)
@example(name="no")
@example(name="a: b #c")
@example(name="'\"\n\t\\")
@example(name="2026-13-45")
@example(name="- x")
@example(name="a\nb")
def test_any_file_name_gives_a_file_that_loads(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    folder = tmp_path_factory.mktemp("shop")
    spec = folder / "specs" / name
    spec.parent.mkdir()
    spec.write_text(document("Core"))
    text = starter_file(spec, folder)
    assert text.count("\n") == STARTER.template.count("\n")
    file = folder / "mockenv.yaml"
    file.write_text(text, encoding="utf-8")
    assert load_settings(file).settings.mocks["core"].spec == f"specs/{name}"


def test_a_project_may_be_given(tmp_path: Path) -> None:
    assert start(tmp_path, "Core", "billing").settings.project == "billing"
    assert start(tmp_path, "Core", "no").settings.project == "no"


@pytest.mark.parametrize("project", ["", "Billing", "my-shop", "a" * 17, "1a"])
def test_a_project_without_the_form_is_refused(tmp_path: Path, project: str) -> None:
    with pytest.raises(MockenvError, match="can't be a project's name") as caught:
        start(tmp_path, "Core", project)
    assert caught.value.exit_code is ExitCode.BAD_INPUT
    assert "1 to 16 lower-case letters and digits" in caught.value.next_step


def test_the_path_leads_from_the_file_to_the_document(tmp_path: Path) -> None:
    folder = tmp_path / "deploy"
    folder.mkdir()
    spec = tmp_path / "api" / "core.json"
    spec.parent.mkdir()
    spec.write_text(document("Core"))
    file = folder / "mockenv.yaml"
    file.write_text(starter_file(spec, folder))
    assert load_settings(file).settings.mocks["core"].spec == "../api/core.json"
    assert resolve_environment(file, "pr-1").mocks[0].source.resolve() == spec.resolve()


def test_links_in_either_path_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "real" / "deep").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "real" / "deep")
    spec = tmp_path / "core.json"
    spec.write_text(document("Core"))
    file = tmp_path / "link" / "mockenv.yaml"
    file.write_text(starter_file(spec, tmp_path / "link"))
    assert load_settings(file).settings.mocks["core"].spec == "../../core.json"


@pytest.mark.parametrize("name", ["petstore-expanded", "tictactoe", "uspto"])
def test_other_people_s_documents_get_a_file_that_loads(tmp_path: Path, name: str) -> None:
    file = tmp_path / "mockenv.yaml"
    file.write_text(starter_file(SPECS / f"{name}.yaml", tmp_path))
    assert len(load_settings(file).settings.mocks) == 1


def test_the_size_fits_a_large_document(tmp_path: Path) -> None:
    spec = tmp_path / "large.yaml"
    spec.write_text(
        f"openapi: 3.1.0\ninfo: {{title: Large, version: '1'}}\npaths: {{}}\n# {'x' * 13_000_000}\n"
    )
    file = tmp_path / "mockenv.yaml"
    file.write_text(starter_file(spec, tmp_path))
    assert resolve_environment(file, "pr-1").size == (512, 1024)


def test_pull_requests_are_there_at_once(tmp_path: Path) -> None:
    loaded = start(tmp_path, "Core")
    assert resolve_environment(loaded.file, "pr-5").ttl_seconds == 8 * 3_600
    assert loaded.file.read_text().startswith("# yaml-language-server: $schema=mockenv.schema.json")


def test_what_is_commented_out_loads_too(tmp_path: Path) -> None:
    """Whoever removes the leading `# ` of an example gets settings that are right."""
    loaded = start(tmp_path, "Core")
    (tmp_path / "mocks").mkdir()
    (tmp_path / "mocks" / "ledger.json").write_text("[]")
    is_example = re.compile(r"^( *)# ( *(- )?[a-z0-9_]+:.*)$", re.MULTILINE)
    text = is_example.sub(r"\1\2", loaded.file.read_text()).replace("small #", "medium #")
    loaded.file.write_text(text.replace("yaml-language", "# yaml-language"))
    whole = load_settings(loaded.file).settings
    assert list(whole.mocks) == ["core", "ledger"]
    assert isinstance(whole.tokens, Tokens)
    assert [kind.kind for kind in whole.tokens.kinds] == ["jwt", "static"]
    assert whole.environments["dev"].priority == 40_001
    assert whole.domain is not None
    assert whole.notifications == ("you@example.com",)


def test_a_missing_document_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(MockenvError, match=r"gone\.yaml does not exist") as caught:
        starter_file(tmp_path / "gone.yaml", tmp_path)
    assert caught.value.exit_code is ExitCode.BAD_INPUT
    assert "expected at" in caught.value.next_step


@pytest.mark.parametrize("content", ["", "a: 1\n", "openapi: 9.9.9\n", "{", "[1]"])
def test_what_is_no_openapi_document_is_bad_input(tmp_path: Path, content: str) -> None:
    spec = tmp_path / "doc.yaml"
    spec.write_text(content)
    with pytest.raises(MockenvError) as caught:
        starter_file(spec, tmp_path)
    assert caught.value.exit_code is ExitCode.BAD_INPUT
    assert "doc.yaml" in caught.value.message


def test_a_path_that_settings_can_t_hold_is_bad_input(tmp_path: Path) -> None:
    spec = tmp_path.joinpath(*["deep" * 10] * 6, "doc.json")
    spec.parent.mkdir(parents=True)
    spec.write_text(document("Core"))
    with pytest.raises(MockenvError, match="longer than 200 characters"):
        starter_file(spec, tmp_path)


def test_a_file_name_that_is_not_unicode_is_bad_input(tmp_path: Path) -> None:
    spec = tmp_path / os.fsdecode(b"\xff.json")
    spec.write_text(document("Core"))
    with pytest.raises(MockenvError, match="is not Unicode"):
        starter_file(spec, tmp_path)


def test_the_same_document_gives_the_same_text(tmp_path: Path) -> None:
    spec = tmp_path / "doc.json"
    spec.write_text(document("Core"))
    assert starter_file(spec, tmp_path) == starter_file(spec, tmp_path)
