"""What the config loader of a task costs: sample and bundle, fetched over TLS."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.local_run import SAMPLE
from bench.objects_site import objects_site
from bench.process_time import time_process
from bench.result import Result, interleave
from mockenv.local.tools import CHECKOUT, find_node, find_tools
from mockenv.settings.resolve import resolve_environment
from mockenv.sources import write_sources

PROGRAM = CHECKOUT / ".build" / "mock_host" / "config_loader.mjs"
BUCKET = "config"
NOTHING = "0"


def measure_loader(rounds: int) -> Result:
    """Measure the CPU seconds of the loader's process, and those of Node that does nothing."""
    with tempfile.TemporaryDirectory() as folder, _site(Path(folder)) as variables:
        ours, theirs = interleave(
            [
                lambda: _cpu_seconds(PROGRAM.read_text(encoding="utf-8"), Path(folder), variables),
                lambda: _cpu_seconds(NOTHING, Path(folder), {}),
            ],
            rounds,
        )
    return Result(
        name="config loader, the sample and the mock host over TLS",
        unit="CPU s",
        ours=ours,
        theirs=theirs,
        compared_with="Node that does nothing",
    )


def _cpu_seconds(program: str, folder: Path, variables: dict[str, str]) -> float:
    command = [str(find_node()), "--input-type=module", "--eval", program]
    return time_process(command, folder, variables).cpu


@contextmanager
def _site(folder: Path) -> Iterator[dict[str, str]]:
    """Serve a config bucket; yields the loader's variables."""
    (folder / "volume").mkdir()
    bundle = find_tools().mock_host.read_bytes()
    sha256 = hashlib.sha256(bundle).hexdigest()
    objects = _sources(folder / "sources") | {f"mock_host/{sha256}/mock_host.mjs": bundle}
    by_path = {f"/{BUCKET}/{key}": content for key, content in objects.items()}
    with objects_site(folder, by_path) as (url, certificate):
        yield {
            "AWS_ENDPOINT_URL_S3": url,
            "AWS_REGION": "eu-central-1",
            "AWS_ACCESS_KEY_ID": "id",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "CONFIG_BUCKET": BUCKET,
            "MOCK_HOST_SHA256": sha256,
            "NODE_EXTRA_CA_CERTS": str(certificate),
            "TARGET_FOLDER": str(folder / "volume"),
        }


def _sources(folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    version = write_sources(resolve_environment(SAMPLE, "pr-123"), folder)
    files = {file for file in folder.rglob("*") if file.is_file()}
    prefix = f"versions/{version}"
    sources = {f"{prefix}/{f.relative_to(folder).as_posix()}": f.read_bytes() for f in files}
    return sources | {"current/version": version.encode()}
