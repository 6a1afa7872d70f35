"""app.py as a process, and as the pinned CDK CLI runs it."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from mockenv.local.tools import find_node
from synthesized import SETTINGS, write_settings

ROOT = Path(__file__).resolve().parents[2]
# A plain shell: no virtual environment, no AWS credentials. HOME stays for jsii's package cache,
# which takes seconds to fill.
PLAIN_SHELL = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": str(Path.home()),
    "AWS_CONFIG_FILE": "/dev/null",
    "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    "AWS_EC2_METADATA_DISABLED": "true",
}
Ended = subprocess.CompletedProcess[str]


def run(command: list[str], variables: Mapping[str, str], folder: Path) -> Ended:
    """Run a command in a plain shell, with `folder` for its temporary files."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env=PLAIN_SHELL | {"TMPDIR": str(folder), "CDK_HOME": str(folder)} | dict(variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def run_app(folder: Path, context: Mapping[str, Any], **variables: str) -> Ended:
    folder.mkdir(exist_ok=True)
    given = {"CDK_CONTEXT_JSON": json.dumps(context), "CDK_OUTDIR": str(folder / "out")}
    return run([sys.executable, "app.py"], given | variables, folder)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Synthesize the sample's shared stacks once; return the assembly."""
    folder = tmp_path_factory.mktemp("shared")
    ended = run_app(folder, {})
    assert (ended.returncode, ended.stderr) == (0, "")
    return folder / "out"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Synthesize an environment of the sample once; return the assembly."""
    folder = tmp_path_factory.mktemp("environment")
    ended = run_app(folder, {"env": "pr-123"})
    assert ended.returncode == 0, ended.stderr
    assert list(folder.glob("mockenv-sources-*")) == []
    return folder / "out"


@pytest.mark.parametrize(
    ("context", "exit_code", "message"),
    [
        ({"pr": "0"}, 2, "'pr-0' can't be an environment's name"),
        ({"pr": "99999", "debug": "false"}, 2, "pr-1 to pr-40000"),
        ({"pr": "abc"}, 2, "'pr-abc' can't be an environment's name"),
        ({"env": ""}, 2, "'' can't be an environment's name"),
        ({"env": "Dev"}, 2, "'Dev' can't be an environment's name"),
        ({"env": "dev", "pr": "1"}, 2, "-c env=dev and -c pr=1 are both given"),
        ({"env": "staging"}, 3, "no environment 'staging' with a priority is named in"),
        ({"pr": "1", "file": "missing.yaml"}, 2, "missing.yaml"),
    ],
)
def test_mistakes_are_said_in_plain_words(
    tmp_path: Path, context: dict[str, str], exit_code: int, message: str
) -> None:
    file = write_settings(tmp_path / "settings", SETTINGS)
    ended = run_app(tmp_path, {"file": str(file)} | context)
    assert ended.returncode == exit_code
    assert message in ended.stderr
    assert "\n    " in ended.stderr  # what to do next
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "out").exists()


def test_a_mistake_in_the_settings_names_its_line(tmp_path: Path) -> None:
    file = write_settings(tmp_path / "settings", SETTINGS.replace("spot: true", "sport: true"))
    ended = run_app(tmp_path, {"pr": "1", "file": str(file)})
    assert ended.returncode == 2
    line = 1 + SETTINGS.splitlines().index("    spot: true")
    assert f"mockenv.yaml:{line}: " in ended.stderr
    assert "did you mean spot?" in ended.stderr


def test_debugging_shows_the_traceback(tmp_path: Path) -> None:
    ended = run_app(tmp_path, {"pr": "0", "debug": "true"})
    assert ended.returncode == 1
    assert "Traceback" in ended.stderr


@pytest.mark.parametrize(("version", "exit_code"), [("3.0.0", 1), ("1.204.0", 1), ("2.9999.0", 2)])
def test_a_cli_that_could_not_read_the_result_is_told_apart(
    tmp_path: Path, version: str, exit_code: int
) -> None:
    ended = run_app(tmp_path, {"pr": "0"}, CDK_CLI_VERSION=version)
    assert ended.returncode == exit_code
    assert (".venv/bin/cdk" in ended.stderr) is (exit_code == 1)


def test_a_python_without_our_packages_is_told_what_to_do(tmp_path: Path) -> None:
    ended = run([sys.executable, "-I", "-S", "app.py"], {}, tmp_path)
    assert ended.returncode == 1
    assert "run make setup" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_without_an_environment_the_shared_stacks_come_out(shared: Path) -> None:
    assert templates(shared) == {"mockenv-payments-network", "mockenv-payments-ttl-cleanup"}
    manifest = json.loads((shared / "manifest.json").read_text())
    ttl_cleanup = manifest["artifacts"]["mockenv-payments-ttl-cleanup"]
    # A destroy goes the other way round, so the guard is asked before the network goes.
    assert "mockenv-payments-network" in ttl_cleanup["dependencies"]


def test_packages_hold_the_handlers_that_the_templates_name(
    shared: Path, environment: Path
) -> None:
    handlers = [
        (resource["Properties"]["Handler"], resource["Properties"]["Code"]["S3Key"], assembly)
        for assembly in (shared, environment)
        for file in assembly.glob("*.template.json")
        for resource in json.loads(file.read_text())["Resources"].values()
        if resource["Type"] == "AWS::Lambda::Function"
    ]
    assert len(handlers) == 4
    for handler, key, assembly in handlers:
        module, _, function = handler.rpartition(".")
        with zipfile.ZipFile(assembly / f"asset.{key}") as package:
            source = package.read(f"{module.replace('.', '/')}.py").decode()
            assert f"def {function}(" in source
            assert not [name for name in package.namelist() if name.endswith(".pyc")]


def test_the_pinned_cli_and_the_app_alone_give_the_same_stack(
    environment: Path, tmp_path: Path
) -> None:
    """In a plain shell, without credentials; the first argument is what `cdk` stands for."""
    cli = [str(find_node()), str(ROOT / "node_modules" / "aws-cdk" / "bin" / "cdk")]
    output = tmp_path / "cli"
    ended = run([*cli, "synth", "-c", "pr=123", "--quiet", "-o", str(output)], {}, tmp_path)
    assert ended.returncode == 0, ended.stderr
    (stack,) = templates(output)
    assert stack == "mockenv-payments-env-pr-123"
    for name in (f"{stack}.template.json", f"{stack}.assets.json"):
        assert (output / name).read_bytes() == (environment / name).read_bytes()
    assert list(tmp_path.glob("mockenv-sources-*")) == []


def templates(assembly: Path) -> set[str]:
    return {file.name.removesuffix(".template.json") for file in assembly.glob("*.template.json")}


def test_an_environment_that_nobody_could_call_is_refused(tmp_path: Path) -> None:
    without_tokens = SETTINGS.partition("tokens:")[0]
    file = write_settings(tmp_path / "settings", without_tokens)
    ended = run_app(tmp_path, {"pr": "1", "file": str(file)})
    assert ended.returncode == 2
    assert "names no kind of token" in ended.stderr
    assert "kind: jwt" in ended.stderr
