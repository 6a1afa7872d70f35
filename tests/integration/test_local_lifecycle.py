"""How a local environment starts, fails and ends: real processes, real signals."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from integration.local_environment import SETTINGS, Running, mockenv, settings_folder, start_up
from integration.processes import child_named, children, is_alive
from waiting import eventually


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return settings_folder(tmp_path)


@pytest.fixture
def started(folder: Path) -> Iterator[Running]:
    running = start_up(folder)
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything_in_order(started: Running, number: signal.Signals) -> None:
    pids = children(started.process.pid)
    assert len(pids) == 3  # mock host, token validator, guardian
    assert started.stop(number) == 0
    assert not any(map(is_alive, pids))
    assert "local is down" in started.stderr.read_text()


def test_nothing_survives_a_sigkill_of_the_parent(started: Running) -> None:
    pids = children(started.process.pid)
    config = (started.folder / ".mockenv" / "local" / "environment.json").read_text()
    sockets = Path(config.partition('"validator_socket": "')[2].partition('"')[0]).parent
    assert sockets.is_dir()
    started.process.kill()
    started.process.wait()
    assert eventually(lambda: not any(map(is_alive, pids)))
    assert not sockets.exists()


def test_nothing_survives_when_the_guardian_is_killed_too(started: Running) -> None:
    pids = children(started.process.pid)
    os.kill(child_named(started, "guardian"), signal.SIGKILL)
    started.process.kill()
    started.process.wait()
    assert eventually(lambda: not any(map(is_alive, pids)))


def test_a_second_run_of_the_same_environment_is_refused(started: Running) -> None:
    again = mockenv("up", "--port", "0", folder=started.folder)
    assert again.returncode == 1
    assert "the environment local of this folder is up already" in again.stderr
    assert started.get("/petstore/pets").status == 200


def test_another_environment_runs_beside_it(started: Running) -> None:
    beside = start_up(started.folder, "--env", "rooted-1")
    assert beside.get("/petstore/pets").status == 200
    refused = beside.request("GET", "/petstore/pets", authorization=f"Bearer {started.token}")
    assert refused.status == 403
    assert beside.stop() == 0


def test_down_ends_it_and_token_makes_tokens_for_it(started: Running) -> None:
    minted = mockenv("token", "--ttl", "30s", folder=started.folder).stdout.strip()
    answer = started.request("GET", "/petstore/pets", authorization=f"Bearer {minted}")
    assert answer.status == 200
    assert mockenv("down", folder=started.folder).returncode == 0
    assert started.process.wait(20) == 0
    assert mockenv("down", folder=started.folder).returncode == 3
    assert mockenv("token", folder=started.folder).returncode == 3


def test_a_process_that_dies_is_named_at_once(started: Running) -> None:
    os.kill(child_named(started, "mock_host"), signal.SIGKILL)
    assert started.process.wait(20) == 1
    assert "the mock host ended unexpectedly (signal SIGKILL)" in started.stderr.read_text()


def test_it_fails_closed_when_the_validator_is_gone(started: Running) -> None:
    """The parent is stopped meanwhile, as it would end the host as soon as it notices."""
    fresh = mockenv("token", folder=started.folder).stdout.strip()
    validator = child_named(started, "validator_process")
    os.kill(started.process.pid, signal.SIGSTOP)
    os.kill(validator, signal.SIGKILL)
    try:
        answer = started.request("GET", "/petstore/pets/1", authorization=f"Bearer {fresh}")
        assert (answer.status, answer.json()) == (500, {"message": "Internal Server Error"})
    finally:
        os.kill(started.process.pid, signal.SIGCONT)
    assert started.process.wait(20) == 1
    assert "the token validator ended unexpectedly" in started.stderr.read_text()


def test_a_port_in_use_is_said_with_the_way_out(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = mockenv("up", "--port", str(port), folder=folder)
    assert done.returncode == 1
    assert f"{port}" in done.stderr
    assert "in use" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_spec_that_is_refused_is_said_by_name(folder: Path) -> None:
    (folder / "tictactoe.yaml").write_text("openapi: 3.1.0\ninfo: {title: [\n")
    done = mockenv("up", "--port", "0", folder=folder)
    assert done.returncode == 2
    assert "mockenv.yaml:5: mocks.games.spec: tictactoe.yaml:3: is not valid YAML" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_document_that_only_the_host_can_judge_is_said_by_name(folder: Path) -> None:
    text = (folder / "tictactoe.yaml").read_text()
    (folder / "tictactoe.yaml").write_text(text.replace("#/components", "nowhere.yaml#/components"))
    done = mockenv("up", "--port", "0", folder=folder)
    assert done.returncode != 0
    assert "games" in done.stderr
    assert "nowhere.yaml" in done.stderr


def test_a_mock_at_the_root_takes_what_the_others_leave(folder: Path) -> None:
    (folder / "mockenv.yaml").write_text(SETTINGS.replace("/offices/us", "/"))
    running = start_up(folder)
    try:
        assert running.get("/oa_citations/v1/fields").status == 200
        assert running.get("/petstore/pets").status == 200
        assert running.get("/petstorex").json()["type"].endswith("#NO_PATH_MATCHED_ERROR")
        assert running.get("/").status == 200
        assert "/_mockenv are the host's own" in running.get("/_mockenv/anything").json()["detail"]
    finally:
        assert running.stop() == 0


def test_tokens_in_their_own_header(folder: Path) -> None:
    settings = SETTINGS.replace("tokens:\n", "tokens:\n  header: x-mock-token\n")
    (folder / "mockenv.yaml").write_text(settings)
    running = start_up(folder)
    ours = {"x_mock_token": running.token}
    try:
        assert running.request("GET", "/petstore/pets", None, **ours).status == 200
        assert running.get("/petstore/pets").status == 401
        theirs = running.request("GET", "/games/board", None, authorization="Bearer theirs", **ours)
        assert theirs.status == 200
    finally:
        assert running.stop() == 0


def test_ctrl_c_while_it_starts_leaves_nothing(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "mockenv", "up", "--port", "0"], cwd=folder,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    assert eventually(lambda: len(children(process.pid)) >= 2)
    pids = children(process.pid)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    assert not any(map(is_alive, pids))
    if process.stdout:
        process.stdout.close()
