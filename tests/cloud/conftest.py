"""One emulator for the tests of a module, and an environment deployed into it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from aws_emulator import KEY_VARIABLES, AwsEmulator, running_emulator
from cli.program import run
from cloud.deployed_environment import BUCKET, create_stack, register, settings_in
from mockenv.cloud.version_store import VersionStore


@dataclass(frozen=True)
class Deployed:
    """An environment in the emulator, the settings file that it came from, and its version."""

    emulator: AwsEmulator
    file: Path
    first: str

    @property
    def store(self) -> VersionStore:
        return VersionStore(self.emulator.client("s3"), BUCKET)

    def stored_keys(self) -> set[str]:
        listed = self.emulator.client("s3").list_objects_v2(Bucket=BUCKET)
        return {entry["Key"] for entry in listed["Contents"]}


@pytest.fixture
def emulator() -> Iterator[AwsEmulator]:
    with running_emulator() as emulator:
        yield emulator


@pytest.fixture
def deployed(emulator: AwsEmulator, tmp_path: Path) -> Deployed:
    create_stack(emulator)
    file = settings_in(tmp_path / "project")
    return Deployed(emulator, file, register(emulator, file, tmp_path / "deployed"))


@pytest.fixture
def project(emulator: AwsEmulator, tmp_path: Path) -> Deployed:
    """Return a settings file, and an emulator in which nothing was deployed."""
    return Deployed(emulator, settings_in(tmp_path / "project"), "")


def mockenv(deployed: Deployed, *arguments: str, **variables: str) -> tuple[int, str, str]:
    environment = KEY_VARIABLES | {"AWS_ENDPOINT_URL": deployed.emulator.url} | variables
    environment["PATH"] = os.environ["PATH"]
    done = run(*arguments, folder=deployed.file.parent, **environment)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout.strip(), done.stderr
