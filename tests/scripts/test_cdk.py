"""The CDK CLI as `make setup` puts it on PATH."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def cdk(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "scripts" / "cdk"), *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", ["synth", "deploy"])
def test_in_a_folder_with_settings_only_it_says_where_to_run_what(
    tmp_path: Path, command: str
) -> None:
    (tmp_path / "mockenv.yaml").write_text("project: shop\n")
    ended = cdk(tmp_path, command, "-c", "env=pr-5")
    assert ended.returncode == 2
    assert f"cd {ROOT} && cdk {command} -c env=pr-5 -c file={tmp_path}/mockenv.yaml" in ended.stderr


def test_what_needs_no_app_works_there_too(tmp_path: Path) -> None:
    (tmp_path / "mockenv.yaml").write_text("project: shop\n")
    ended = cdk(tmp_path, "--version")
    assert (ended.returncode, ended.stdout.split(".")[0]) == (0, "2")


def test_whoever_names_the_app_means_it(tmp_path: Path) -> None:
    (tmp_path / "mockenv.yaml").write_text("project: shop\n")
    assembly = tmp_path / "nowhere"
    ended = cdk(tmp_path, "list", "--app", str(assembly))
    assert ended.returncode == 1
    assert "mockenv's checkout" not in ended.stderr
