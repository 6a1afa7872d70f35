"""Whatever stands in a settings file: it loads or is refused with problems, and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mockenv.settings.problems import SettingsError
from mockenv.settings.resolve import LoadedSettings, environment_settings, load_settings

KEYS = [
    "project", "mocks", "tokens", "network", "defaults", "environments", "path", "engine", "spec",
    "expectations", "stateless", "header", "cache_seconds", "kinds", "kind", "sha256", "issuer",
    "audience", "jwks_url", "algorithms", "scopes", "secret", "claims", "repository_id", "keys",
    "domain", "user_pool_id", "client_ids", "checked", "unchecked", "cognito", "local", "okta",
    "cidr", "nat", "size", "cpu", "memory_mib", "tasks",
    "min", "max", "spot", "ttl", "max_ttl", "owner", "throttle", "burst", "priority", "pr-*", "dev",
    "core", "named", "explicit", "static", "jwt", "[key]", "0", "<<",
]  # fmt: skip
VALUES = [
    "shop", "/", "/core", "/_mockenv", "core.yaml", "ledger.json", "prism", "mockserver", "small",
    "8h", "never", "1d", "authorization", "https://id.example.com", "https://[", "10.0.0.0/16",
    "none", "RS256", "none-i-want-this-open", "github-actions", "cognito", "keycloak", "admin",
    "a" * 64, "a" * 300, "\x00", "é", "", "2026-13-45",
]  # fmt: skip

keys = st.one_of(st.sampled_from(KEYS), st.text(max_size=5))
scalars = st.one_of(
    st.sampled_from(VALUES),
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.binary(max_size=5),
    st.text(),
)
structures = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=30,
)
json_structures = st.recursive(
    st.sampled_from(VALUES) | st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=30,
)
plausible = st.fixed_dictionaries(
    {
        "project": st.sampled_from(["shop", "Shop", 3]),
        "mocks": st.dictionaries(
            st.sampled_from(["core", "auth", "Bad"]),
            st.fixed_dictionaries(
                {"path": st.sampled_from(["/", "/a", "/a/", "/_mockenv/x"])},
                optional={
                    "spec": st.sampled_from(["core.yaml", "gone.yaml", "", "."]),
                    "expectations": st.sampled_from(["ledger.json", "core.yaml"]),
                    "engine": st.sampled_from(["prism", "mockserver", "other"]),
                },
            ),
            max_size=3,
        ),
    },
    optional={
        "defaults": structures,
        "tokens": structures,
        "network": structures,
        "environments": st.dictionaries(
            st.sampled_from(["dev", "pr-*", "*", "pr-0", "pr-7"]), structures, max_size=3
        ),
    },
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("any_input")
    (folder / "core.yaml").write_text("openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n")
    (folder / "ledger.json").write_text("[]")
    return folder


def load_or_refuse(file: Path) -> LoadedSettings | None:
    try:
        loaded = load_settings(file)
    except SettingsError as error:
        # YAML breaks lines at more characters than editors do: NEL, LS, PS.
        text = file.read_bytes().decode("utf-8", errors="replace")
        check_problems(error, last_line=len(f"{text}.".splitlines()))
        return None
    assert environment_settings(loaded, "dev").environment == "dev"
    assert environment_settings(loaded, "pr-7").priority == 7
    return loaded


def check_problems(error: SettingsError, last_line: int) -> None:
    assert error.problems
    for problem in error.problems:
        assert 1 <= problem.line <= last_line + 1  # YAML ends one line past the last character
        assert problem.wrong
        assert problem.right
    json.dumps(error.as_data())


@given(content=st.binary())
def test_any_bytes(folder: Path, content: bytes) -> None:
    file = folder / "mockenv.yaml"
    file.write_bytes(content)
    load_or_refuse(file)


@given(text=st.text() | st.text(alphabet="ab:- \n\t{}[]&*!|>'\"%@`#?,0123._~<=", max_size=60))
def test_any_text(folder: Path, text: str) -> None:
    file = folder / "mockenv.yaml"
    file.write_text(text, encoding="utf-8", errors="replace")
    load_or_refuse(file)


@given(data=structures | st.dictionaries(keys, structures, max_size=6))
def test_any_structure(folder: Path, data: Any) -> None:
    file = folder / "mockenv.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8", errors="replace")
    load_or_refuse(file)


@given(data=plausible)
def test_any_almost_right_structure(folder: Path, data: Any) -> None:
    file = folder / "mockenv.yaml"
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    load_or_refuse(file)


@given(content=st.binary() | json_structures.map(lambda data: json.dumps(data).encode()))
@pytest.mark.parametrize("name", ["any.yaml", "any.json"])
@pytest.mark.parametrize("key", ["spec", "expectations"])
def test_any_source_file(folder: Path, key: str, name: str, content: bytes) -> None:
    engine = {"spec": "prism", "expectations": "mockserver"}[key]
    mocks = {"core": {"path": "/", "engine": engine, key: name}}
    file = folder / "mockenv.yaml"
    file.write_text(
        yaml.safe_dump({"project": "shop", "mocks": mocks, "defaults": {"size": "large"}})
    )
    (folder / name).write_bytes(content)
    load_or_refuse(file)


@given(name=st.text(max_size=250))
def test_any_name_of_a_source_file(folder: Path, name: str) -> None:
    file = folder / "mockenv.yaml"
    text = yaml.safe_dump({"project": "shop", "mocks": {"core": {"path": "/", "spec": name}}})
    file.write_text(text, encoding="utf-8", errors="replace")
    load_or_refuse(file)


@given(data=plausible)
def test_the_same_text_gives_the_same_answer(folder: Path, data: Any) -> None:
    file = folder / "mockenv.yaml"
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    assert outcome(file) == outcome(file)


def outcome(file: Path) -> object:
    try:
        return load_settings(file).settings
    except SettingsError as error:
        return error.problems
