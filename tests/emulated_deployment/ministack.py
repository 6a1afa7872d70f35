"""The emulator, as a process of its own: on loopback, on a free port, in a folder of its own."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]

from emulated_deployment.listening import addresses, beyond_loopback

ACCOUNT = "123456789012"
REGION = "eu-central-1"
START_SECONDS = 60
END_SECONDS = 10
NO_FILE = "/nonexistent"
# A failed call is a finding; repeated, it would hide one.
ONCE = Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=60)


class ReachableByOthersError(Exception):
    """The emulator listens where other machines reach it; it was ended."""


@dataclass(frozen=True)
class Ministack:
    """A running emulator; `variables` bring AWS clients in other processes to it."""

    port: int
    pid: int
    folder: Path

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def variables(self) -> dict[str, str]:
        """Keys, region and endpoint, and no configuration of the user's own."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": NO_FILE,
            "AWS_SHARED_CREDENTIALS_FILE": NO_FILE,
        }

    def client(self, service: str) -> Any:
        """Return a boto3 client of one service."""
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=ONCE,
        )

    def listens_at(self) -> set[str]:
        """List where it listens; raises ReachableByOthersError if others can reach any of it."""
        found = addresses(self.pid)
        if others := beyond_loopback(found):
            raise ReachableByOthersError(f"the emulator listens at {', '.join(sorted(others))}")
        return found


@contextmanager
def running_ministack(program: Path, folder: Path) -> Iterator[Ministack]:
    """Start the emulator and end it with all its children; `folder` takes its files and log."""
    port = _free_port()
    for name in ("home", "tmp", "state", "s3"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with (folder / "ministack.log").open("wb") as log:
        process = subprocess.Popen(
            [str(program)],
            env=_variables(port, folder),
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        ministack = Ministack(port, process.pid, folder)
        _wait_until_ready(ministack, process)
        ministack.listens_at()
        yield ministack
    finally:
        _end(process)


def _variables(port: int, folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "STATE_DIR": str(folder / "state"),
        "S3_DATA_DIR": str(folder / "s3"),
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "MINISTACK_REGION": REGION,
        # Without these it listens at 0.0.0.0:8883 and 2222, and looks for a Docker.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "DOCKER_HOST": f"unix://{NO_FILE}",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(ministack: Ministack, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with (
            suppress(OSError),
            urllib.request.urlopen(  # noqa: S310 (our own address)
                f"{ministack.url}/_ministack/ready", timeout=5
            ),
        ):
            return
        time.sleep(0.1)
    raise RuntimeError(f"the emulator did not start: see {ministack.folder / 'ministack.log'}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End it gently, then whatever is left in its session."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(END_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
