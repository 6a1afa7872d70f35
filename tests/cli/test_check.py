"""`mockenv check` and `mockenv schema`."""

import json
from pathlib import Path

import pytest

from cli.program import run

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mockenv.yaml").write_text("project: shop\nmocks: {a: {path: /a, spec: a.yaml}}\n")
    (tmp_path / "a.yaml").write_text("openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths: {}\n")
    return tmp_path


def test_a_right_file(folder: Path) -> None:
    done = run("check", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "mockenv.yaml is right: project shop, a at /a\n"
    told = json.loads(run("check", "--json", folder=folder).stdout)
    assert told == {"ok": True, "project": "shop", "mocks": {"a": "/a"}, "warnings": []}


def test_what_looks_like_a_secret_is_told_and_is_no_mistake(folder: Path) -> None:
    key = "AKIA" + "ABCDEFGH234567ZZ"
    (folder / "a.yaml").write_text(f"openapi: 3.1.0\ninfo: {{title: {key}, version: '1'}}\n")
    done = run("check", folder=folder)
    assert done.returncode == 0
    assert done.stderr.startswith("warning: a.yaml:2: this looks like an AWS access key")
    (warning,) = json.loads(run("check", "--json", folder=folder).stdout)["warnings"]
    assert warning.startswith("a.yaml:2: ")
    assert key not in done.stderr + warning


def test_every_mistake_is_listed_at_once(folder: Path) -> None:
    (folder / "mockenv.yaml").write_text("projct: shop\nmocks:\n  a: {path: a, spec: a.yaml}\n")
    done = run("check", folder=folder)
    assert done.returncode == 2
    assert "mockenv.yaml:1: projct: unknown key\n    did you mean project?" in done.stderr
    assert "mockenv.yaml:3: mocks.a.path: 'a' can't be used" in done.stderr
    told = run("check", "--json", folder=folder)
    assert told.returncode == 2
    problems = json.loads(told.stdout)["problems"]
    assert {"file": "mockenv.yaml", "line": 1, "key": "projct", "wrong": "unknown key",
            "right": "did you mean project?"} in problems  # fmt: skip


def test_the_schema_in_the_checkout_is_that_of_the_model(tmp_path: Path) -> None:
    """`make schema` writes it anew."""
    assert run("schema", folder=tmp_path).stdout == (ROOT / "mockenv.schema.json").read_text()


def test_the_schema_refuses_unknown_keys() -> None:
    schema = json.loads((ROOT / "mockenv.schema.json").read_text())
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Mock"]["additionalProperties"] is False
