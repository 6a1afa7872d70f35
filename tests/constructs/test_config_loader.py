"""The loader's own script, run by sh with the AWS CLI against an S3 emulator."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from aws_emulator import KEY_VARIABLES, AwsEmulator, running_emulator

SCRIPT = Path(__file__).resolve().parents[2] / "constructs/mock_constructs/config_loader.sh"
BUNDLE = b"export {};\n"
BUNDLE_SHA256 = hashlib.sha256(BUNDLE).hexdigest()
VERSION = "0123456789abcdef"
bucket_numbers = count(1)


@pytest.fixture(scope="module")
def emulator() -> Iterator[AwsEmulator]:
    with running_emulator() as emulator:
        yield emulator


@dataclass(frozen=True)
class Loader:
    emulator: AwsEmulator
    bucket: str
    volume: Path

    def put(self, key: str, content: bytes) -> None:
        self.emulator.client("s3").put_object(Bucket=self.bucket, Key=key, Body=content)

    def fill(self, version: str = VERSION) -> None:
        self.put(f"versions/{version}/environment.json", b"{}")
        self.put(f"versions/{version}/mocks/core/core.yaml", version.encode())
        self.put(f"mock_host/{BUNDLE_SHA256}/mock_host.mjs", BUNDLE)
        self.put("current/version", version.encode())

    def run(self) -> subprocess.CompletedProcess[str]:
        tools = Path(sys.executable).parent
        variables = KEY_VARIABLES | {
            "PATH": f"{tools}:{os.environ['PATH']}",
            "HOME": str(self.volume.parent),
            "AWS_ENDPOINT_URL": self.emulator.url,
            "AWS_MAX_ATTEMPTS": "1",
            "CONFIG_BUCKET": self.bucket,
            "MOCK_HOST_SHA256": BUNDLE_SHA256,
            "TARGET_FOLDER": str(self.volume),
        }
        return subprocess.run(
            ["/bin/sh", "-c", SCRIPT.read_text(encoding="utf-8")],
            env=variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )


@pytest.fixture
def loader(emulator: AwsEmulator, tmp_path: Path) -> Loader:
    volume = tmp_path / "mockenv"
    volume.mkdir()
    return Loader(emulator, emulator.bucket(f"config-{next(bucket_numbers)}"), volume)


def test_the_current_version_and_the_mock_host_are_brought_to_the_volume(loader: Loader) -> None:
    loader.fill(version="f" * 16)
    loader.fill()
    ended = loader.run()
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == f'{{"event":"loaded","version":"{VERSION}"}}\n'
    assert (loader.volume / "sources/environment.json").read_bytes() == b"{}"
    assert (loader.volume / "sources/mocks/core/core.yaml").read_text() == VERSION
    assert (loader.volume / "mock_host.mjs").read_bytes() == BUNDLE


def test_others_than_root_may_read_what_was_loaded(loader: Loader) -> None:
    loader.fill()
    loader.run()
    for path in loader.volume.rglob("*"):
        assert path.stat().st_mode & 0o004, path


def test_a_bucket_without_a_version_is_named_as_the_reason(loader: Loader) -> None:
    ended = loader.run()
    assert ended.returncode == 1
    assert '{"event":"failed","message":"current/version can\'t be read' in ended.stderr


def test_a_version_that_is_none_is_refused(loader: Loader) -> None:
    loader.fill()
    loader.put("current/version", b"../../other")
    ended = loader.run()
    assert ended.returncode == 1
    assert "holds no version" in ended.stderr


def test_a_torn_version_is_refused(loader: Loader) -> None:
    loader.fill()
    loader.put("current/version", b"0000000000000000")
    ended = loader.run()
    assert ended.returncode == 1
    assert "holds no environment.json" in ended.stderr


def test_another_mock_host_than_the_deployed_one_is_refused(loader: Loader) -> None:
    loader.fill()
    loader.put(f"mock_host/{BUNDLE_SHA256}/mock_host.mjs", b"something else")
    ended = loader.run()
    assert ended.returncode == 1
    assert "not the one that was deployed" in ended.stderr
