"""What is meant for this machine alone never becomes part of what goes to AWS, or of output."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.program import run
from mockenv.settings.resolve import resolve_environment
from mockenv.sources import write_sources
from synthesized import ROOT, SETTINGS, write_settings

CANARY = "canary-of-alice"
WITH_USERS = (
    f"{SETTINGS}local: {{users: {{{CANARY}: {{password: {CANARY}, scopes: [{CANARY}]}}}}}}\n"
)


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    return write_settings(tmp_path / "settings", WITH_USERS)


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield names and bytes of all files, those within archives too."""
    for file in folder.rglob("*"):
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                yield from ((entry, archive.read(entry)) for entry in archive.namelist())
        elif file.is_file():
            yield file.name, file.read_bytes()


def test_neither_templates_nor_assets_hold_local_users(settings_file: Path, tmp_path: Path) -> None:
    context = {"env": "pr-1", "file": str(settings_file)}
    variables = {"CDK_CONTEXT_JSON": json.dumps(context), "CDK_OUTDIR": str(tmp_path / "out")}
    subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=os.environ | variables, check=True, timeout=120
    )
    found = dict(contents(tmp_path / "out"))
    assert {"environment.json", "handler.py"} <= {Path(name).name for name in found}
    assert any(name.endswith(".template.json") for name in found)
    assert not [name for name, content in found.items() if CANARY.encode() in content]


def test_the_sources_in_the_bucket_do_not_hold_them(settings_file: Path, tmp_path: Path) -> None:
    write_sources(resolve_environment(settings_file, "pr-1"), tmp_path / "sources")
    found = dict(contents(tmp_path / "sources"))
    assert {"environment.json", "manifest.json", "core.yaml"} <= set(found)
    assert CANARY.encode() not in b"".join(found.values())


@pytest.mark.parametrize("text", [WITH_USERS, WITH_USERS.replace("project:", "projekt:")])
def test_no_check_repeats_them(settings_file: Path, text: str) -> None:
    settings_file.write_text(text)
    for arguments in (["check"], ["check", "--json"], ["--debug", "check"]):
        ended = run(*arguments, folder=settings_file.parent)
        assert ended.stdout + ended.stderr
        assert CANARY not in ended.stdout + ended.stderr
