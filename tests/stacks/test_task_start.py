"""From the sample's sources to a serving task, with everything real but AWS itself.

Registration (against moto), the loader and the mock host run one after another as they do on AWS,
the latter two by the command lines of the synthesized task.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from aws_emulator import KEY_VARIABLES, REGION, AwsEmulator, running_emulator
from mock_constructs.artifacts import EnvironmentArtifacts
from mockenv.cloud.push import push, roll_back
from mockenv.cloud.version_store import VersionStore
from mockenv.lambda_package import LambdaPackage
from mockenv.settings.resolve import resolve_environment
from mockenv.sources import write_sources
from registration_samples import ASSETS_BUCKET, request, stack
from synthesized import CONFIG_LOADER, ROOT, Synthesized
from task_here import load, serving
from ttl_cleanup.registration.provider import Provider
from ttl_cleanup.registry.table import RegistryTable
from waiting import eventually


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
        config_loader=CONFIG_LOADER,
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
        cloudformation=None,
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


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    folder = tmp_path / "volume"
    folder.mkdir()
    return folder


def test_what_is_deployed_is_what_a_task_serves_and_a_push_changes_it(
    synthesized: Synthesized, emulator: AwsEmulator, volume: Path, tmp_path: Path
) -> None:
    built = artifacts(tmp_path / "sources")
    upload(emulator, built, tmp_path)
    bucket = register(emulator, built)
    variables = {
        "AWS_ENDPOINT_URL": emulator.url,
        "AWS_REGION": REGION,
        "CONFIG_BUCKET": bucket,
        "MOCK_HOST_SHA256": built.mock_host_sha256,
    }
    loader = synthesized.container("pr-123", "config-loader")
    own = {each["Name"]: each["Value"] for each in loader["Environment"]}
    load(loader["Command"], volume, KEY_VARIABLES | own | variables)
    command = synthesized.container("pr-123", "mock-host")["Command"]
    replaced = {"--bucket": bucket, "--region": REGION}
    with serving(
        command, volume, endpoint=emulator.url, replaced=replaced, keys=KEY_VARIABLES
    ) as task:
        health = task.get("/_mockenv/health")
        assert (health["status"], health["environment"]) == ("healthy", "pr-123")
        assert {mock["name"] for mock in health["mocks"]} == {"core", "auth", "psp"}
        assert task.get("/")["name"] == "Core API"
        assert task.ready["version"] == built.sources_version

        pushed = push_renamed(emulator, bucket, tmp_path / "changed")
        assert eventually(lambda: task.get("/")["name"] == "Renamed API")
        assert task.get("/_mockenv/health")["version"] == pushed

        roll_back(VersionStore(emulator.client("s3"), bucket), "previous")
        assert eventually(lambda: task.get("/")["name"] == "Core API")
        assert task.get("/_mockenv/health")["version"] == built.sources_version


def push_renamed(emulator: AwsEmulator, bucket: str, folder: Path) -> str:
    """Push the sample with one word changed, as `mockenv push` does."""
    shutil.copytree(ROOT / "mocks", folder / "mocks")
    shutil.copy(ROOT / "mockenv.yaml", folder)
    core = folder / "mocks" / "core.yaml"
    core.write_text(core.read_text().replace("name: Core API", "name: Renamed API"))
    settings = resolve_environment(folder / "mockenv.yaml", "pr-123")
    store = VersionStore(emulator.client("s3"), bucket)
    return push(settings, store, pushed_by="arn:me", check=lambda _: None).version
