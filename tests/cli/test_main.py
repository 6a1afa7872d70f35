"""The program as a whole: help, versions, errors and exit codes, in processes of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from cli.program import run

COMMANDS = (
    *("init", "check", "up", "down", "token", "push", "versions", "rollback", "schema"),
    *("extend-ttl", "list", "status", "destroy", "reap"),
)


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_help_names_every_command(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*arguments, folder=tmp_path)
    assert done.returncode == 0
    assert all(f" {command} " in done.stdout for command in COMMANDS)


def test_the_version(tmp_path: Path) -> None:
    assert run("--version", folder=tmp_path).stdout.strip() == "0.1.0"


@pytest.mark.parametrize("arguments", [("upp",), ("up", "--prot", "1"), ("up", "--port", "x")])
def test_a_wrong_word_is_bad_input(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*arguments, folder=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_missing_file_is_bad_input_with_the_way_out(tmp_path: Path) -> None:
    done = run("up", folder=tmp_path)
    assert done.returncode == 2
    assert "mockenv.yaml:1: can't be read (No such file or directory)" in done.stderr
    assert "mockenv init makes one" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("name", ["pr-0", "-a", ""])
def test_names_that_no_environment_can_have(name: str, tmp_path: Path) -> None:
    """All others: tests/settings/test_names.py; these are what a command line could misread."""
    done = run("up", "--env", name, folder=tmp_path)
    assert done.returncode == 2
    assert "can't be an environment's name" in done.stderr


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_traceback_comes_only_when_asked_for(place: str, tmp_path: Path) -> None:
    arguments = ("--debug", "up") if place == "before" else ("up", "--debug")
    assert "Traceback" in run(*arguments, folder=tmp_path).stderr
    assert "Traceback" in run("up", folder=tmp_path, MOCKENV_DEBUG="1").stderr


def test_an_unexpected_error_is_one_line_and_the_way_to_report_it(tmp_path: Path) -> None:
    """A folder where a file is expected, in a place that no command checks for itself."""
    (tmp_path / "mockenv.yaml").write_text("project: a\nmocks: {a: {path: /, spec: a.yaml}}\n")
    (tmp_path / "a.yaml").write_text("openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths: {}\n")
    (tmp_path / ".mockenv").write_text("not a folder")
    done = run("up", "--port", "0", folder=tmp_path)
    assert done.returncode == 1
    assert "something unexpected happened" in done.stderr
    assert "--debug" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_loads_nothing_that_only_running_it_needs(
    command: str, tmp_path: Path
) -> None:
    program = (
        "import sys\n"
        "sys.argv = ['mockenv']\n"
        "from mockenv.cli import main\n"
        "try:\n"
        f"    main([{command!r}, '--help'])\n"
        "finally:\n"
        "    heavy = {'aws_cdk', 'jsii', 'boto3', 'yaml', 'cryptography'}\n"
        "    print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60,
        check=True,
    )  # fmt: skip
    assert f"mockenv {command}" in done.stdout
    assert done.stderr.strip().endswith("[]")


def test_running_a_command_does_not_load_aws_cdk(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from mockenv.cli import main\n"
        "try:\n"
        "    main(['up'])\n"
        "finally:\n"
        "    print([m for m in sys.modules if m.startswith(('aws_cdk', 'jsii'))])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
