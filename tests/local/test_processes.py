"""Processes of a plan, with small real programs in their place."""

import signal
import sys
from pathlib import Path

import pytest

from mockenv.errors import MockenvError
from mockenv.local.plan import ProcessPlan
from mockenv.local.processes import RunningProcess, raise_if_ended, stop, wait_until_ready

READY = 'print(\'{"event": "ready", "url": "http://127.0.0.1:1"}\', flush=True)'
WAIT = "import sys; sys.stdin.read()"


def plan(tmp_path: Path, program: str, *, name: str = "helper", within: float = 20) -> ProcessPlan:
    return ProcessPlan(
        name=name,
        arguments=(sys.executable, "-c", program),
        environment={"GREETING": "hello"},
        log=tmp_path / f"{name}.log",
        ready_within_seconds=within,
    )


def never() -> bool:
    return False


def test_it_waits_for_the_ready_line_of_every_process(tmp_path: Path) -> None:
    names = ("one", "two")
    running = [RunningProcess(plan(tmp_path, f"{READY}; {WAIT}", name=n)) for n in names]
    try:
        ready = wait_until_ready(running, never)
        assert {name: event["url"] for name, event in ready.items()} == dict.fromkeys(
            names, "http://127.0.0.1:1"
        )
    finally:
        stop(running)
    assert [process.exit_code() for process in running] == [-signal.SIGTERM] * 2


def test_the_plan_s_variables_reach_the_process(tmp_path: Path) -> None:
    running = RunningProcess(plan(tmp_path, "import os; print(os.environ['GREETING'])"))
    assert running.wait(20)
    assert running.last_log_lines() == ["hello"]


def test_a_process_that_fails_is_named_with_its_own_words_and_log(tmp_path: Path) -> None:
    program = 'print("first"); print(\'{"event":"failed","message":"port 1 is in use"}\'); exit(1)'
    running = RunningProcess(plan(tmp_path, program))
    with pytest.raises(MockenvError) as caught:
        wait_until_ready([running], never)
    assert caught.value.message == "the helper could not start: port 1 is in use\n  | first"
    assert str(tmp_path / "helper.log") in caught.value.next_step


def test_a_process_that_is_killed_is_named_with_the_signal(tmp_path: Path) -> None:
    running = RunningProcess(plan(tmp_path, f"{READY}; {WAIT}"))
    wait_until_ready([running], never)
    running.signal(signal.SIGKILL)
    assert running.wait(20)
    with pytest.raises(MockenvError, match=r"the helper ended unexpectedly \(signal SIGKILL\)"):
        raise_if_ended([running])


def test_a_process_that_never_serves_is_named(tmp_path: Path) -> None:
    running = RunningProcess(plan(tmp_path, f"print('busy', flush=True); {WAIT}", within=0.5))
    try:
        with pytest.raises(MockenvError, match="the helper does not serve after"):
            wait_until_ready([running], never)
    finally:
        stop([running])


def test_a_stop_ends_the_wait(tmp_path: Path) -> None:
    running = RunningProcess(plan(tmp_path, WAIT))
    try:
        assert wait_until_ready([running], lambda: True) == {}
    finally:
        stop([running])


def test_one_that_ignores_the_request_to_end_is_killed(tmp_path: Path) -> None:
    deaf = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {READY}; {WAIT}"
    running = RunningProcess(plan(tmp_path, deaf))
    wait_until_ready([running], never)
    stop([running], within_seconds=0.3)
    assert running.exit_code() == -signal.SIGKILL
