"""What S3 does only at times: objects that can't be deleted, thousands of versions, little time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from ttl_cleanup.emptying import empty_bucket
from ttl_cleanup.failure import RefusedError

PAGE = 1_000


@dataclass
class FakeBucket:
    """S3 with one versioned bucket: pages of 1,000, and DeleteObjects that answers 200 always.

    `refuses` says of a key and the number of the call whether it can't be deleted.
    """

    versions: list[str] = field(default_factory=list)
    markers: list[str] = field(default_factory=list)
    refuses: Callable[[str, int], bool] = lambda _key, _call: False
    calls: int = 0

    def list_object_versions(self, **_: Any) -> dict[str, Any]:
        versions = [{"Key": key, "VersionId": "1"} for key in self.versions[:PAGE]]
        room = PAGE - len(versions)
        markers = [{"Key": key, "VersionId": "2"} for key in self.markers[:room]]
        page = {"Versions": versions, "DeleteMarkers": markers}
        return {name: entries for name, entries in page.items() if entries}

    def delete_objects(self, *, Delete: dict[str, Any], **_: Any) -> dict[str, Any]:  # noqa: N803
        self.calls += 1
        assert len(Delete["Objects"]) <= PAGE
        errors = []
        for entry in Delete["Objects"]:
            if self.refuses(entry["Key"], self.calls):
                errors.append({"Key": entry["Key"], "Code": "AccessDenied"})
            else:
                (self.versions if entry["VersionId"] == "1" else self.markers).remove(entry["Key"])
        return {"Errors": errors} if errors else {}


def keys(number: int) -> list[str]:
    return [f"key-{index}" for index in range(number)]


def never() -> bool:
    return False


def test_thousands_of_versions_and_markers_go_in_batches() -> None:
    bucket = FakeBucket(versions=keys(2_500), markers=keys(1_700))
    assert empty_bucket(bucket, "bucket", is_time_up=never) == 4_200
    assert (bucket.versions, bucket.markers, bucket.calls) == ([], [], 5)


def test_an_empty_bucket_needs_no_call() -> None:
    bucket = FakeBucket()
    assert empty_bucket(bucket, "bucket", is_time_up=never) == 0
    assert bucket.calls == 0


def test_what_failed_for_a_time_is_deleted_in_the_end() -> None:
    bucket = FakeBucket(versions=keys(1_200), refuses=lambda key, call: call < 4 and "7" in key)
    assert empty_bucket(bucket, "bucket", is_time_up=never) == 1_200
    assert bucket.versions == []


def test_what_can_never_be_deleted_is_named() -> None:
    bucket = FakeBucket(versions=keys(1_200), refuses=lambda key, _: key in {"key-1", "key-2"})
    with pytest.raises(RefusedError, match=r"2 objects .* 'key-1' \(AccessDenied\)"):
        empty_bucket(bucket, "bucket", is_time_up=never)
    assert bucket.versions == ["key-1", "key-2"]


def test_it_ends_with_an_answer_when_its_time_is_up() -> None:
    bucket = FakeBucket(versions=keys(5_000))
    left = iter([False, True])
    with pytest.raises(RefusedError, match="2000 objects are gone, delete the stack again"):
        empty_bucket(bucket, "bucket", is_time_up=lambda: next(left))
    assert len(bucket.versions) == 3_000


def test_errors_of_the_list_itself_are_not_taken_for_an_empty_bucket() -> None:
    class Denied(FakeBucket):
        def list_object_versions(self, **_: Any) -> dict[str, Any]:
            raise ClientError({"Error": {"Code": "AccessDenied"}}, "ListObjectVersions")

    with pytest.raises(ClientError):
        empty_bucket(Denied(), "bucket", is_time_up=never)
