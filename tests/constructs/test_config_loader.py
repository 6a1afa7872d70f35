"""The loader's own text, as it is in the template, run by Node against an S3 emulator."""

import hashlib
import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from aws_emulator import KEY_VARIABLES, REGION, AwsEmulator, running_emulator
from loader_run import run_loader
from running_server import running
from synthesized import Synthesized
from troubled_front import troubled_front

BUNDLE = b"export {};\n"
BUNDLE_SHA256 = hashlib.sha256(BUNDLE).hexdigest()
VERSION = "0123456789abcdef"
MOST_PROGRAM_BYTES = 12_000
MOST_TASK_DEFINITION_BYTES = 64 * 1024  # Amazon ECS, "Service quotas"
bucket_numbers = count(1)


@pytest.fixture(scope="module")
def emulator() -> Iterator[AwsEmulator]:
    with running_emulator() as emulator:
        yield emulator


@dataclass(frozen=True)
class Loader:
    emulator: AwsEmulator
    s3: Any
    command: list[str]
    bucket: str
    volume: Path

    def put(self, key: str, content: bytes) -> None:
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=content)

    def fill(self, version: str = VERSION, more_files: int = 0) -> None:
        files = {f"mocks/core/{n}.yaml": str(n).encode() for n in range(more_files)}
        files |= {"environment.json": b"{}", "mocks/core/core.yaml": version.encode()}
        for path, content in files.items():
            self.put(f"versions/{version}/{path}", content)
        self.put_manifest({path: digest(content) for path, content in files.items()}, version)
        self.put(f"mock_host/{BUNDLE_SHA256}/mock_host.mjs", BUNDLE)
        self.put("current/version", version.encode())

    def put_manifest(self, digests: Mapping[str, str], version: str = VERSION) -> None:
        files = [{"path": path, "sha256": sha256} for path, sha256 in digests.items()]
        self.put(f"versions/{version}/manifest.json", json.dumps({"files": files}).encode())

    def run(
        self, url: str | None = None, credentials: Mapping[str, str] = KEY_VARIABLES
    ) -> subprocess.CompletedProcess[str]:
        variables = {
            "AWS_ENDPOINT_URL_S3": url or self.emulator.url,
            "AWS_REGION": REGION,
            "CONFIG_BUCKET": self.bucket,
            "MOCK_HOST_SHA256": BUNDLE_SHA256,
            "TARGET_FOLDER": str(self.volume),
        }
        return run_loader(self.command, {**variables, **credentials})

    def refusal(self) -> str:
        """Run it, and return why it failed."""
        ended = self.run()
        assert (ended.returncode, ended.stdout) == (1, "")
        (line,) = ended.stderr.splitlines()
        event = json.loads(line)
        assert event["event"] == "failed"
        return str(event["message"])


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def loader(synthesized: Synthesized, emulator: AwsEmulator, tmp_path: Path) -> Loader:
    volume = tmp_path / "mockenv"
    volume.mkdir(mode=0o755)
    command = synthesized.container("pr-123", "config-loader")["Command"]
    s3 = emulator.client("s3")
    return Loader(emulator, s3, command, emulator.bucket(f"config-{next(bucket_numbers)}"), volume)


def test_the_current_version_and_the_mock_host_are_brought_to_the_volume(loader: Loader) -> None:
    loader.fill(version="f" * 16)
    loader.fill()
    ended = loader.run()
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == f'{{"event":"loaded","version":"{VERSION}"}}\n'
    assert (loader.volume / "sources/environment.json").read_bytes() == b"{}"
    assert (loader.volume / "sources/mocks/core/core.yaml").read_text() == VERSION
    assert (loader.volume / "sources/version").read_text() == VERSION
    assert (loader.volume / "mock_host.mjs").read_bytes() == BUNDLE


def test_others_than_root_may_read_what_was_loaded_and_write_to_live_only(loader: Loader) -> None:
    loader.fill()
    loader.run()
    modes = {path: path.stat().st_mode & 0o7777 for path in loader.volume.rglob("*")}
    assert modes.pop(loader.volume / "live") == 0o1777
    assert set(modes.values()) == {0o644, 0o755}


def test_two_hundred_files_are_brought_and_nothing_else(loader: Loader) -> None:
    loader.fill(more_files=200)
    assert loader.run().returncode == 0
    brought = {
        path.name: path.read_text() for path in (loader.volume / "sources/mocks").rglob("*.yaml")
    }
    assert brought == {f"{n}.yaml": str(n) for n in range(200)} | {"core.yaml": VERSION}


def test_a_bucket_without_a_version_is_named_as_the_reason(loader: Loader) -> None:
    assert (
        "current/version can't be read from the config bucket: S3 answered 404" in loader.refusal()
    )


@pytest.mark.parametrize("version", [b"../../other", b"", b"a b", b"a" * 200, b"\xff\xfe"])
def test_a_version_that_is_none_is_refused(loader: Loader, version: bytes) -> None:
    loader.fill()
    loader.put("current/version", version)
    assert loader.refusal() == "current/version holds no version"


def test_a_torn_version_is_refused(loader: Loader) -> None:
    loader.fill()
    loader.put("current/version", b"0000000000000000")
    assert "the sources of version 0000000000000000 can't be read" in loader.refusal()


def test_a_version_without_its_settings_is_refused(loader: Loader) -> None:
    loader.fill()
    loader.put_manifest({"mocks/core/core.yaml": digest(VERSION.encode())})
    assert "holds no environment.json" in loader.refusal()


def test_a_file_that_somebody_exchanged_is_refused(loader: Loader) -> None:
    loader.fill()
    loader.put(f"versions/{VERSION}/mocks/core/core.yaml", b"something else")
    assert "'mocks/core/core.yaml' is not the one its manifest names" in loader.refusal()
    assert not (loader.volume / "sources").exists()


@pytest.mark.parametrize("path", ["../out.yaml", "../../out.yaml", "/out.yaml", "a/../../out.yaml"])
def test_a_manifest_does_not_lead_out_of_the_folder(loader: Loader, path: str) -> None:
    loader.fill()
    loader.put_manifest({"environment.json": digest(b"{}"), path: digest(b"out")})
    for key in (f"versions/{VERSION}/{path}", "versions/out.yaml", "out.yaml"):
        loader.put(key, b"out")
    assert "has a name that can't be a file's" in loader.refusal()
    assert not list(loader.volume.parent.rglob("out.yaml"))


def test_another_mock_host_than_the_deployed_one_is_refused(loader: Loader) -> None:
    loader.fill()
    loader.put(f"mock_host/{BUNDLE_SHA256}/mock_host.mjs", b"something else")
    assert loader.refusal() == "the mock host is not the one that was deployed"
    assert not (loader.volume / "mock_host.mjs").exists()


def test_a_bucket_that_is_throttled_is_asked_again(loader: Loader) -> None:
    loader.fill()
    with troubled_front(loader.emulator.url, [503, 503, 503]) as url:
        ended = loader.run(url)
    assert (ended.returncode, ended.stderr) == (0, "")


@contextmanager
def credentials_endpoint() -> Iterator[str]:
    """Answer as the ECS agent does."""
    keys = {"AccessKeyId": "id", "SecretAccessKey": "secret", "Token": "token"}
    body = json.dumps(keys | {"Expiration": "2099-01-01T00:00:00Z"}).encode()

    class Agent(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with running(HTTPServer(("127.0.0.1", 0), Agent)) as port:
        yield f"http://127.0.0.1:{port}"


def test_credentials_that_are_not_there_at_once_are_asked_for_again(loader: Loader) -> None:
    loader.fill()
    with credentials_endpoint() as agent, troubled_front(agent, [500, 503]) as url:
        ended = loader.run(credentials={"AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{url}/role"})
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_task_without_a_role_is_told_so(loader: Loader) -> None:
    loader.fill()
    ended = loader.run(credentials={})
    assert ended.returncode == 1
    assert "there are no AWS credentials" in json.loads(ended.stderr)["message"]


def test_it_runs_in_the_mock_hosts_image_without_privileges(synthesized: Synthesized) -> None:
    loader = synthesized.container("pr-123", "config-loader")
    assert loader["Image"] == synthesized.container("pr-123", "mock-host")["Image"]
    assert loader["LinuxParameters"]["Capabilities"] == {"Drop": ["ALL"]}
    assert loader["ReadonlyRootFilesystem"] is True
    assert "EntryPoint" not in loader


def test_nothing_in_its_text_looks_like_a_parameter(synthesized: Synthesized) -> None:
    """Or CDK's validation and cfn-lint refuse the template (E1029)."""
    text = synthesized.container("pr-123", "config-loader")["Command"][-1]
    assert "${" not in text
    assert "{{resolve:" not in text


@pytest.mark.parametrize("stack", ["pr-123", "pr-7"])
def test_a_task_with_its_text_is_far_from_what_ecs_admits(
    synthesized: Synthesized, stack: str
) -> None:
    program = synthesized.container(stack, "config-loader")["Command"][-1]
    assert len(program.encode()) < MOST_PROGRAM_BYTES
    task = synthesized.properties(stack, "AWS::ECS::TaskDefinition")
    assert len(json.dumps(task)) < MOST_TASK_DEFINITION_BYTES / 2
