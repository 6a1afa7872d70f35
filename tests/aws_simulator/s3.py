"""S3: versioned buckets, and the bucket of CDK's assets."""

import io
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aws_simulator.actor import Gate, refused

PAGE = 1_000


@dataclass
class Bucket:
    """Versions by id, each with its key; `held` are keys that can't be deleted."""

    versions: dict[str, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)

    def put(self, key: str, version: str) -> None:
        """Add a version: nothing is ever overwritten (S3 user guide, "Versioning")."""
        self.versions[version] = key


class Storage:
    """All buckets, and the files that CDK uploaded."""

    def __init__(self, assets: dict[tuple[str, str], bytes]) -> None:
        self.buckets: dict[str, Bucket] = {}
        self.assets = assets
        self._numbers = count(1)

    def bucket(self, name: str, call: str) -> Bucket:
        """Return a bucket; raises NoSuchBucket (S3 API, "Error responses")."""
        if name not in self.buckets:
            raise refused(call, "NoSuchBucket", "The specified bucket does not exist")
        return self.buckets[name]

    def put(self, name: str, key: str, call: str = "PutObject") -> None:
        """Write a version of an object."""
        self.bucket(name, call).put(key, f"version-{next(self._numbers)}")

    def delete(self, name: str, objects: list[dict[str, str]]) -> list[dict[str, str]]:
        """Delete versions for good; return what could not be deleted: the call itself succeeds
        (S3 API, DeleteObjects: "Errors").
        """
        bucket = self.bucket(name, "DeleteObjects")
        errors = []
        for entry in objects:
            if entry["Key"] in bucket.held:
                errors.append({"Key": entry["Key"], "Code": "AccessDenied"})
            else:
                bucket.versions.pop(entry["VersionId"], None)
        return errors


class S3:
    """The client."""

    def __init__(self, storage: Storage, gate: Gate) -> None:
        self._storage = storage
        self._gate = gate

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803
        def effect() -> dict[str, Any]:
            content = self._storage.assets[(Bucket, Key)]
            return {"Body": io.BytesIO(content), "ContentLength": len(content)}

        return self._gate("GetObject", effect)

    def put_object(self, *, Bucket: str, Key: str, **_: Any) -> None:  # noqa: N803
        self._gate("PutObject", lambda: self._storage.put(Bucket, Key))

    def copy_object(self, *, Bucket: str, Key: str, **_: Any) -> None:  # noqa: N803
        self._gate("CopyObject", lambda: self._storage.put(Bucket, Key, "CopyObject"))

    def list_object_versions(self, *, Bucket: str, MaxKeys: int = PAGE) -> dict[str, Any]:  # noqa: N803
        def effect() -> dict[str, Any]:
            versions = self._storage.bucket(Bucket, "ListObjectVersions").versions
            page = [{"Key": key, "VersionId": each} for each, key in list(versions.items())]
            return {"Versions": page[:MaxKeys]} if page else {}

        return self._gate("ListObjectVersions", effect)

    def delete_objects(self, *, Bucket: str, Delete: dict[str, Any]) -> dict[str, Any]:  # noqa: N803
        def effect() -> dict[str, Any]:
            errors = self._storage.delete(Bucket, Delete["Objects"])
            return {"Errors": errors} if errors else {}

        return self._gate("DeleteObjects", effect)
