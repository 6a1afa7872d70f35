"""Brings an environment's mock sources together in one folder, in the form of the config bucket.

The folder holds `environment.json`, `mocks/<name>/…` (the source file of each mock with the files
that it refers to) and `manifest.json` (all of these with their digests). The same input gives the
same bytes, so its digest serves as version.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from mockenv.mock_host_config import mock_host_config, task_ports
from mockenv.references import files_of
from mockenv.settings.resolve import EnvironmentSettings

CONFIG_FILE = "environment.json"
MANIFEST_FILE = "manifest.json"
VERSION_LENGTH = 16


def write_sources(settings: EnvironmentSettings, folder: Path) -> str:
    """Fill an empty folder with an environment's sources and return their version.

    The version is 16 hexadecimal digits of the SHA-256 over all names and bytes. Raises
    MockenvError for a `$ref` that leads out of the source's folder, nowhere, or to another host
    without a copy of it here.
    """
    files: dict[str, bytes] = {}
    source_paths = {}
    for mock in settings.mocks:
        own_folder = f"mocks/{mock.name}"
        for relative, content in files_of(mock).items():
            files[f"{own_folder}/{relative}"] = content
        source_paths[mock.name] = f"{own_folder}/{mock.source.name}"
    config = mock_host_config(
        settings, source_paths=source_paths, sidecar_ports=task_ports(settings)
    )
    files[CONFIG_FILE] = _json(config)
    files[MANIFEST_FILE] = _json(_manifest(files))
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return _version(files)


def _manifest(files: dict[str, bytes]) -> dict[str, Any]:
    """List all files with their digests, so that a task notices a version that is not whole."""
    listed = [{"path": name, "sha256": hashlib.sha256(files[name]).hexdigest()} for name in files]
    return {"files": sorted(listed, key=lambda file: file["path"])}


def _json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, indent=2, sort_keys=True).encode() + b"\n"


def _version(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{len(name)}:{name}:{len(files[name])}:".encode())
        digest.update(files[name])
    return digest.hexdigest()[:VERSION_LENGTH]
