"""Files that change while a local environment runs: no request fails, no restart is needed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from integration.local_environment import Running, settings_folder, start_up
from waiting import eventually

DOCUMENT = """\
openapi: 3.1.0
info: {title: Counter, version: '1'}
paths:
  /count:
    get:
      responses:
        '200':
          description: a number
          content:
            application/json:
              schema: {$ref: 'schemas.yaml#/Count'}
              example: {count: 1}
"""
SCHEMAS = "Count: {type: object, required: [count]}\n"
SETTINGS = """\
project: counter
mocks:
  counter: {path: /counter, spec: counter.yaml}
"""


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Running]:
    folder = settings_folder(tmp_path, SETTINGS)
    (folder / "counter.yaml").write_text(DOCUMENT)
    (folder / "schemas.yaml").write_text(SCHEMAS)
    running = start_up(folder)
    yield running
    assert running.stop() == 0


def count(running: Running, path: str = "/counter/count") -> object:
    answer = running.get(path)
    return answer.json().get("count") if answer.status == 200 else answer.status


@contextmanager
def steady_load(running: Running, path: str = "/counter/count") -> Iterator[list[int]]:
    """Ask again and again from two threads; yield the list of all statuses."""
    statuses: list[int] = []
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            statuses.append(running.get(path).status)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield statuses
    finally:
        over.set()
        for thread in threads:
            thread.join()


def edit(running: Running, name: str, change: Callable[[str], str]) -> None:
    file = running.folder / name
    file.write_text(change(file.read_text()))


def answer_with(running: Running, number: int) -> None:
    text = DOCUMENT.replace("{count: 1}", f"{{count: {number}}}")
    (running.folder / "counter.yaml").write_text(text)


def answers(running: Running, number: int) -> bool:
    return count(running) == number


def test_ten_edits_under_load_fail_no_request(counter: Running) -> None:
    with steady_load(counter) as statuses:
        for number in range(2, 12):
            answer_with(counter, number)
            assert eventually(partial(answers, counter, number))
    assert set(statuses) == {200}


def test_a_broken_document_changes_nothing_and_mending_it_recovers(counter: Running) -> None:
    with steady_load(counter) as statuses:
        edit(counter, "counter.yaml", lambda text: text.replace("paths:", "paths: ["))
        health = counter.folder / ".mockenv" / "local" / "mock-host.log"
        assert eventually(lambda: "mock_reload_failed" in health.read_text())
        assert count(counter) == 1
        assert b"last_error" in counter.request("GET", "/_mockenv/health").body
        answer_with(counter, 5)
        assert eventually(lambda: count(counter) == 5)
    assert set(statuses) == {200}
    assert b"last_error" not in counter.request("GET", "/_mockenv/health").body


def test_a_file_that_the_document_refers_to_is_followed_too(counter: Running) -> None:
    assert "sl-violations" not in counter.get("/counter/count").headers
    edit(counter, "schemas.yaml", lambda text: text.replace("[count]", "[total]"))
    assert eventually(lambda: "sl-violations" in counter.get("/counter/count").headers)


def test_a_mock_is_moved_and_another_added_by_the_settings_file(counter: Running) -> None:
    edit(
        counter,
        "mockenv.yaml",
        lambda text: (
            text.replace("/counter,", "/c,")
            + "  petstore: {path: /petstore, spec: petstore-expanded.yaml}\n"
        ),
    )
    assert eventually(lambda: count(counter, "/c/count") == 1)
    assert counter.get("/counter/count").status == 404
    assert eventually(lambda: counter.get("/petstore/pets").status == 200)


def test_a_mistake_in_the_settings_file_is_told_and_changes_nothing(counter: Running) -> None:
    edit(counter, "mockenv.yaml", lambda text: text.replace("path:", "pth:"))
    assert eventually(lambda: "mocks.counter.pth: unknown key" in counter.stderr.read_text())
    assert count(counter) == 1
