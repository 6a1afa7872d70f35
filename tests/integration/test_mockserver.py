"""A mock with expectations, answered by the real MockServer behind the mock host."""

import json
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from integration.local_environment import Running, mockenv, settings_folder, start_up
from integration.processes import child_named, children, is_alive
from mockenv.local.live_settings import replace_file
from waiting import eventually

SETTINGS = """\
project: bank
mocks:
  ledger: {path: /ledger, engine: mockserver, expectations: ledger.json}
  petstore: {path: /petstore, spec: petstore-expanded.yaml}
defaults: {size: medium}
"""
EXPECTATIONS = [
    {
        "httpRequest": {"method": "GET", "path": "/balance"},
        "httpResponse": {
            "statusCode": 200,
            "headers": {"content-type": ["application/json"]},
            "body": '{"balance": 1250}',
        },
    },
    {
        "httpRequest": {"path": "/seen.*"},
        "httpResponseTemplate": {
            "templateType": "MUSTACHE",
            "template": '{"statusCode": 200, "body": "'
            "env={{ request.headers.x-mock-environment.0 }}"
            " authorization={{ request.headers.authorization.0 }}"
            ' own={{ request.headers.x-own.0 }} path={{ request.path }}"}',
        },
    },
]


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = settings_folder(tmp_path_factory.mktemp("bank"), SETTINGS)
    (folder / "ledger.json").write_text(json.dumps(EXPECTATIONS))
    running = start_up(folder)
    yield running
    assert running.stop() == 0


def test_an_expectation_answers_under_the_base_path(bank: Running) -> None:
    answer = bank.get("/ledger/balance")
    assert (answer.status, answer.json()) == (200, {"balance": 1250})


def test_it_stands_beside_mocks_of_another_engine(bank: Running) -> None:
    assert bank.get("/petstore/pets").status == 200
    assert bank.said["curl"].endswith("/ledger/balance'")


def test_what_no_expectation_fits_is_404_and_goes_nowhere(bank: Running) -> None:
    assert bank.get("/ledger/unknown", host="example.com").status == 404


def test_it_sees_our_environment_header_and_neither_our_token_nor_the_caller_s_header(
    bank: Running,
) -> None:
    answer = bank.get("/ledger/seen/a%2Fb", x_mock_environment="pr-1", x_own="kept")
    assert answer.status == 200
    seen = answer.body.decode()
    assert "pr-1" not in seen
    assert "env=local" in seen
    assert "authorization= " in seen
    assert "own=kept" in seen


@pytest.mark.parametrize(
    "path",
    [
        "/ledger/mockserver/status",
        "/ledger/mockserver/expectation",
        "/ledger/MockServer/status",
        "/ledger/%6dockserver/status",
        "/ledger//mockserver/status",
        "/ledger/./mockserver/status",
        "/ledger/x/../mockserver/status",
        "/ledger/%2e%2e/mockserver/status",
        "/ledger/mockserver%2Fstatus",
    ],
)
def test_its_control_plane_is_out_of_reach(bank: Running, path: str) -> None:
    answer = bank.request("PUT", path, b"{}", authorization=f"Bearer {bank.token}")
    assert answer.status == 404
    assert b'"ports"' not in answer.body


def test_changed_expectations_are_served_without_a_restart(bank: Running) -> None:
    file = bank.folder / "ledger.json"
    replace_file(file, json.dumps(EXPECTATIONS).replace("1250", "1300"))
    assert eventually(lambda: bank.get("/ledger/balance").json() == {"balance": 1300})
    replace_file(file, '[\n  {"httpRequest": {"pth": "/balance"}}\n]')
    assert eventually(lambda: "last_error" in health_of(bank, "ledger"))
    told = health_of(bank, "ledger")
    assert (told["state"], told["last_error"]["line"]) == ("serving", 2)
    assert bank.get("/ledger/balance").json() == {"balance": 1300}
    replace_file(file, json.dumps(EXPECTATIONS))
    assert eventually(lambda: bank.get("/ledger/balance").json() == {"balance": 1250})
    assert eventually(lambda: "last_error" not in health_of(bank, "ledger"))


def health_of(running: Running, name: str) -> dict[str, Any]:
    report = running.request("GET", "/_mockenv/health").json()
    return next(mock for mock in report["mocks"] if mock["name"] == name)


def test_expectations_that_are_wrong_keep_it_from_starting(tmp_path: Path) -> None:
    folder = settings_folder(tmp_path, SETTINGS)
    (folder / "ledger.json").write_text('[\n  {"httpForward": {"host": "example.com"}}\n]')
    for command in ("check", "up"):
        done = mockenv(command, folder=folder)
        assert done.returncode == 2
        assert "mocks.ledger.expectations: ledger.json:2: [0].httpForward" in done.stderr


def test_its_dashboard_is_shown_to_a_browser_here_and_to_no_other_page(bank: Running) -> None:
    page = "/_mockenv/mocks/ledger/mockserver/dashboard"
    answer = bank.request("GET", page)
    assert answer.status == 200
    scripts = re.findall(r'src="([^"]+)"', answer.body.decode())
    assert scripts
    assert all(bank.request("GET", script).status == 200 for script in scripts)
    assert bank.request("GET", page, host="evil.example").status == 403
    assert bank.request("PUT", "/_mockenv/mocks/ledger/mockserver/reset").status == 404


def test_two_environments_each_have_a_mockserver_of_their_own(
    tmp_path: Path, bank: Running
) -> None:
    folder = settings_folder(tmp_path, SETTINGS)
    text = json.dumps(EXPECTATIONS).replace("1250", "99")
    (folder / "ledger.json").write_text(text)
    other = start_up(folder)
    try:
        assert other.get("/ledger/balance").json() == {"balance": 99}
        assert bank.get("/ledger/balance").json() == {"balance": 1250}
    finally:
        assert other.stop() == 0


def test_one_that_dies_is_named(tmp_path: Path) -> None:
    folder = settings_folder(tmp_path, SETTINGS)
    (folder / "ledger.json").write_text(json.dumps(EXPECTATIONS))
    running = start_up(folder)
    os.kill(child_named(running, "mockserver-netty"), signal.SIGKILL)
    assert running.process.wait(20) == 1
    assert "the MockServer of ledger ended unexpectedly" in running.stderr.read_text()


def test_java_does_not_survive_a_sigkill_of_the_parent(tmp_path: Path) -> None:
    folder = settings_folder(tmp_path, SETTINGS)
    (folder / "ledger.json").write_text(json.dumps(EXPECTATIONS))
    running = start_up(folder)
    pids = children(running.process.pid)
    assert len(pids) == 4
    running.process.kill()
    running.process.wait()
    assert eventually(lambda: not any(map(is_alive, pids)))
