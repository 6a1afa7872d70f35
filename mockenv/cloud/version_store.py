"""The versions of an environment's sources in its config bucket.

`versions/<version>/…` never changes once it is written; `current/version` names the one that tasks
serve, and is written last. So a task reads a whole version or none.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from mockenv.errors import ExitCode, MockenvError
from mockenv.sources import CONFIG_FILE

POINTER_KEY = "current/version"
VERSIONS_PREFIX = "versions/"
METADATA_FILE = "metadata.json"
SHORTEST_ABBREVIATION = 4
CHANGED_MEANWHILE = {"PreconditionFailed", "ConditionalRequestConflict"}


@dataclass(frozen=True)
class Pointer:
    """Which version is current, and the ETag by which a change of it is noticed."""

    version: str
    etag: str


@dataclass(frozen=True)
class Version:
    """A version in the bucket; `pushed_by` is None for one that a deploy brought."""

    version: str
    stored_at: datetime
    pushed_by: str | None
    is_current: bool


class VersionStore:
    """The versions in one bucket; `s3` is a boto3 client."""

    def __init__(self, s3: Any, bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def current(self) -> Pointer:
        """Read which version is current; raises MockenvError if none is."""
        try:
            answer = self._s3.get_object(Bucket=self._bucket, Key=POINTER_KEY)
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchKey":
                raise
            raise MockenvError(
                f"the bucket {self._bucket} has no current version",
                next_step="deploy the environment again: its registration brings one",
            ) from error
        with answer["Body"] as body:
            return Pointer(body.read().decode().strip(), answer["ETag"])

    def versions(self) -> list[Version]:
        """List all versions, the newest first."""
        current = self.current().version
        found = [self._described(key, at, current) for key, at in self._config_files()]
        return sorted(found, key=lambda version: version.stored_at, reverse=True)

    def find(self, wanted: str) -> str:
        """Return the one version that begins with `wanted`, or the one before for `previous`.

        Raises MockenvError, exit code 2, if there is none or more than one.
        """
        if wanted == "previous":
            return self._previous()
        known = [version.version for version in self.versions()]
        fitting = [version for version in known if version.startswith(wanted)]
        if len(fitting) == 1 and len(wanted) >= SHORTEST_ABBREVIATION:
            return fitting[0]
        raise MockenvError(
            f"{len(fitting)} versions begin with {wanted!r}",
            next_step=f"name one of these: {', '.join(known)}",
            exit_code=ExitCode.BAD_INPUT,
        )

    def read(self, version: str, name: str) -> bytes | None:
        """Return one file of a version, None if the version has no such file."""
        return self._read(f"{VERSIONS_PREFIX}{version}/{name}")

    def upload(self, folder: Path, version: str, pushed_by: str) -> None:
        """Store a folder of sources as a version.

        Versions are named after their content, so one that is there already is only completed.
        """
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        for file in files:
            self._put(version, file.relative_to(folder).as_posix(), file.read_bytes())
        metadata = {"version": version, "pushed_by": pushed_by}
        self._put(version, METADATA_FILE, json.dumps(metadata).encode())

    def point_to(self, version: str, seen: Pointer) -> datetime:
        """Make a version current, unless the pointer is no longer as it was `seen`.

        Returns when that was by S3's clock, to the second below: this machine's may be wrong.
        """
        try:
            answer = self._s3.put_object(
                Bucket=self._bucket,
                Key=POINTER_KEY,
                Body=version.encode(),
                ContentType="text/plain",
                IfMatch=seen.etag,
            )
        except ClientError as error:
            if error.response["Error"]["Code"] not in CHANGED_MEANWHILE:
                raise
            raise MockenvError(
                "somebody else changed this environment's version meanwhile; nothing was changed",
                next_step="look at mockenv versions, then run the command again",
            ) from error
        return parsedate_to_datetime(answer["ResponseMetadata"]["HTTPHeaders"]["date"])

    def _put(self, version: str, name: str, content: bytes) -> None:
        key = f"{VERSIONS_PREFIX}{version}/{name}"
        self._s3.put_object(Bucket=self._bucket, Key=key, Body=content)

    def _config_files(self) -> Iterator[tuple[str, datetime]]:
        pages = self._s3.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=VERSIONS_PREFIX
        )
        for page in pages:
            for entry in page.get("Contents", []):
                version, _, name = entry["Key"].removeprefix(VERSIONS_PREFIX).partition("/")
                if name == CONFIG_FILE:
                    yield version, entry["LastModified"]

    def _described(self, version: str, stored_at: datetime, current: str) -> Version:
        return Version(version, stored_at, self._pushed_by(version), version == current)

    def _pushed_by(self, version: str) -> str | None:
        metadata = self.read(version, METADATA_FILE)
        return None if metadata is None else str(json.loads(metadata)["pushed_by"])

    def _read(self, key: str) -> bytes | None:
        try:
            answer = self._s3.get_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchKey":
                raise
            return None
        with answer["Body"] as body:
            return bytes(body.read())

    def _previous(self) -> str:
        """Return the version that the pointer named before, from the bucket's own history."""
        history = self._s3.list_object_versions(Bucket=self._bucket, Prefix=POINTER_KEY)
        current = self.current().version
        for entry in history.get("Versions", []):
            answer = self._s3.get_object(
                Bucket=self._bucket, Key=POINTER_KEY, VersionId=entry["VersionId"]
            )
            with answer["Body"] as body:
                version = body.read().decode().strip()
            if version != current:
                return str(version)
        raise MockenvError(
            "this environment never served another version",
            next_step="push a change first: mockenv push",
            exit_code=ExitCode.BAD_INPUT,
        )
