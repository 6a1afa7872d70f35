"""How engines are started: what is pinned in lock files is what runs."""

import re
from pathlib import Path

import pytest

from bench.documents import PETSTORE
from bench.engines.engine import Document, Engine, installed
from bench.engines.mockserver import mockserver
from bench.engines.prism_cli import prism_cli
from mockenv.errors import MockenvError


def test_what_is_not_installed_is_named_with_the_command_that_installs_it() -> None:
    with pytest.raises(MockenvError) as raised:
        installed(Path("/nowhere/wiremock.jar"))
    assert "/nowhere/wiremock.jar is missing" in raised.value.message
    assert "make comparison" in raised.value.next_step


def test_names_carry_the_installed_versions() -> None:
    assert re.fullmatch(r"Prism CLI \d+\.\d+\.\d+, silent", prism_cli().name)
    assert re.fullmatch(r"MockServer \d+\.\d+\.\d+", mockserver().name)


def test_mockserver_gets_the_document_as_it_is(tmp_path: Path) -> None:
    command = mockserver().command(PETSTORE, 9100, tmp_path)
    expectations = (tmp_path / "expectations.json").read_text()
    assert PETSTORE.file.as_uri() in expectations
    assert "-Dmockserver.localBoundIP=127.0.0.1" in command


def test_only_some_engines_serve_below_the_path_of_the_documents_server() -> None:
    document = Document("a", Path("a.json"), "/a", "/a", "/a?b", "/c", server_path="/v2")
    below = Engine("below", lambda *_: [], under_server_path=True)
    assert below.base_path(document) == "/v2"
    assert Engine("at the root", lambda *_: []).base_path(document) == ""
