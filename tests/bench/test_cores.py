"""Processes start on the core that is wanted, and this process gets its own cores back."""

import os
import subprocess
import sys

import pytest

from bench.cores import load_core, on_core, server_core

TELL = "import os; print(sorted(os.sched_getaffinity(0)))"


def test_a_process_inherits_the_core() -> None:
    with on_core(load_core()):
        told = subprocess.run([sys.executable, "-c", TELL], capture_output=True, check=True)
    assert told.stdout.decode().strip() == f"[{load_core()}]"


def test_this_process_gets_its_cores_back_even_after_an_error() -> None:
    before = os.sched_getaffinity(0)
    with pytest.raises(RuntimeError), on_core(server_core()):
        raise RuntimeError
    assert os.sched_getaffinity(0) == before


def test_server_and_load_have_different_cores_where_there_are_two() -> None:
    assert (server_core() != load_core()) == (len(os.sched_getaffinity(0)) > 1)
