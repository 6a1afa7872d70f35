"""From the sample's sources to a serving task, with everything real but AWS itself.

Registration (against moto), the loader's script and the mock host run one after another as they do
on AWS, the latter two by the command lines of the synthesized task.
"""

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from aws_emulator import KEY_VARIABLES, AwsEmulator, running_emulator
from mock_constructs.artifacts import EnvironmentArtifacts
from mockenv.lambda_package import LambdaPackage
from mockenv.local.tools import find_node
from mockenv.settings.resolve import resolve_environment
from mockenv.sources import write_sources
from registration_samples import ASSETS_BUCKET, request, stack
from synthesized import ROOT, Synthesized
from ttl_cleanup.registration.provider import Provider
from ttl_cleanup.registration.registry_table import RegistryTable


@pytest.fixture
def emulator() -> Iterator[AwsEmulator]:
    with running_emulator() as emulator:
        yield emulator


def artifacts(folder: Path) -> EnvironmentArtifacts:
    folder.mkdir()
    settings = resolve_environment(ROOT / "mockenv.yaml", "pr-123")
    return EnvironmentArtifacts(
        sources_folder=folder,
        sources_version=write_sources(settings, folder),
        mock_host_bundle=ROOT / ".build" / "mock_host" / "mock_host.mjs",
        token_validator=LambdaPackage(folder, ""),
    )


def upload(emulator: AwsEmulator, built: EnvironmentArtifacts, folder: Path) -> None:
    """Do as the CDK CLI does with assets: a folder becomes a zip archive."""
    archive = shutil.make_archive(str(folder / "sources"), "zip", built.sources_folder)
    s3 = emulator.client("s3")
    emulator.bucket(ASSETS_BUCKET)
    s3.upload_file(archive, ASSETS_BUCKET, "sources.zip")
    s3.upload_file(str(built.mock_host_bundle), ASSETS_BUCKET, "mock_host.mjs")


def register(emulator: AwsEmulator, built: EnvironmentArtifacts) -> str:
    own = stack()
    provider = Provider(
        project="payments",
        s3=emulator.client("s3"),
        registry=RegistryTable(emulator.client("dynamodb"), emulator.registry("registry")),
        now=lambda: 1_800_000_000,
        is_time_up=lambda: False,
        log=lambda *_, **__: None,
        log_name="/mockenv/payments/registration",
    )
    emulator.bucket(own.bucket, versioned=True)
    event = request(
        "Create", own, Version=built.sources_version, MockHostSha256=built.mock_host_sha256
    )
    answer = provider.answer(event)
    assert answer.succeeded, answer.reason
    return own.bucket


def load(container: dict[str, Any], volume: Path, variables: dict[str, str]) -> None:
    tools = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    own = {each["Name"]: each["Value"] for each in container["Environment"]}
    command = [*container["EntryPoint"], *container["Command"]]
    environment = KEY_VARIABLES | own | {"PATH": tools, "HOME": str(volume)} | variables
    subprocess.run(command, env=environment, check=True, timeout=60, capture_output=True)


@contextmanager
def serving(command: list[str], volume: Path) -> Iterator[str]:
    """Run the mock host by its container's command on a free port; yield its address."""
    words = [word.replace("/mockenv/", f"{volume}/") for word in command]
    words[words.index("--port") + 1] = "0"
    words[words.index("--host") + 1] = "127.0.0.1"
    words[words.index("--drain-seconds") + 1] = "0"
    assert words[0] == "node"
    process = subprocess.Popen([str(find_node()), *words[1:]], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        events = (json.loads(line) for line in process.stdout)
        yield next(event["url"] for event in events if event["event"] == "ready")
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_what_is_deployed_is_what_a_task_serves(
    synthesized: Synthesized, emulator: AwsEmulator, tmp_path: Path
) -> None:
    built = artifacts(tmp_path / "sources")
    upload(emulator, built, tmp_path)
    bucket = register(emulator, built)
    volume = tmp_path / "volume"
    volume.mkdir()
    variables = {
        "AWS_ENDPOINT_URL": emulator.url,
        "CONFIG_BUCKET": bucket,
        "MOCK_HOST_SHA256": built.mock_host_sha256,
        "TARGET_FOLDER": str(volume),
    }
    load(synthesized.container("pr-123", "config-loader"), volume, variables)
    command = synthesized.container("pr-123", "mock-host")["Command"]
    with (
        serving(command, volume) as url,
        urllib.request.urlopen(f"{url}/_mockenv/health") as answer,  # noqa: S310
    ):
        health = json.load(answer)
    assert (health["status"], health["environment"]) == ("healthy", "pr-123")
    assert {mock["name"] for mock in health["mocks"]} == {"core", "auth", "psp"}
