"""The files that an environment's stack brings along."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mockenv.lambda_package import LambdaPackage


@dataclass(frozen=True)
class EnvironmentArtifacts:
    """Built files, by path: mock sources with their version, mock host, loader, token validator."""

    sources_folder: Path
    sources_version: str
    mock_host_bundle: Path
    config_loader: Path
    token_validator: LambdaPackage

    @cached_property
    def mock_host_sha256(self) -> str:
        """The digest (hex) of the mock host's bundle, under which the config bucket holds it."""
        return hashlib.sha256(self.mock_host_bundle.read_bytes()).hexdigest()
