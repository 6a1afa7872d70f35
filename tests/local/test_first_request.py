"""The request that a new user is shown."""

import json
from pathlib import Path

import pytest

from builders import environment, mock
from mockenv.local.first_request import MOST_TRIES, find_first_request
from mockenv.settings.model import Engine

DOCUMENT = """\
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /pets/{id}: {get: {}, delete: {}}
  /pets: {post: {}}
  /shops: {get: {}}
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "core.yaml"
    file.write_text(DOCUMENT)
    return file


def test_a_path_without_parameters_is_tried_first(document: Path) -> None:
    tried: list[str] = []

    def fetch(path: str) -> int:
        tried.append(path)
        return 404

    settings = environment(mock(document), mock(document, "other", "/other"))
    assert find_first_request(settings, fetch) == "/_mockenv/health"
    assert tried == ["/shops", "/pets/1", "/other/shops", "/other/pets/1"]


def test_the_first_that_answers_200_is_shown(document: Path) -> None:
    answers = {"/shops": 401, "/pets/1": 200}
    assert find_first_request(environment(mock(document)), answers.__getitem__) == "/pets/1"


def test_a_large_document_is_not_tried_to_its_end(tmp_path: Path) -> None:
    paths: dict[str, object] = {f"/p{number}": {"get": {}} for number in range(1000)}
    file = tmp_path / "large.json"
    file.write_text(json.dumps({"openapi": "3.1.0", "paths": paths}))
    tried: list[str] = []

    def fetch(path: str) -> int:
        tried.append(path)
        return 500

    find_first_request(environment(mock(file)), fetch)
    assert len(tried) == MOST_TRIES


def test_expectations_are_tried_too(tmp_path: Path) -> None:
    file = tmp_path / "ledger.json"
    expectations = [
        {"httpRequest": {"method": "POST", "path": "/entries"}},
        {"httpRequest": {"method": "GET", "path": "/balance"}},
        {"httpRequest": "odd"},
        {},
    ]
    file.write_text(json.dumps(expectations))
    ledger = mock(file, "ledger", "/ledger", engine=Engine.MOCKSERVER)
    assert find_first_request(environment(ledger), lambda _: 200) == "/ledger/balance"
