import io
from dataclasses import dataclass, field
from typing import Any

import pytest

from registration_samples import properties, stack, zipped
from ttl_cleanup.failure import RefusedError
from ttl_cleanup.registration.configuration import publish
from ttl_cleanup.registration.packed_sources import MOST_PACKED_BYTES
from ttl_cleanup.registration.request import Registration, registration


@dataclass
class FakeS3:
    """S3 with one archive to read; keeps the order in which objects are written."""

    archive: bytes = field(default_factory=zipped)
    stated_bytes: int | None = None
    written: list[str] = field(default_factory=list)

    def get_object(self, **_: Any) -> dict[str, Any]:
        length = self.stated_bytes or len(self.archive)
        return {"Body": io.BytesIO(self.archive), "ContentLength": length}

    def put_object(self, *, Key: str, **_: Any) -> None:  # noqa: N803
        self.written.append(Key)

    def copy_object(self, *, Key: str, **_: Any) -> None:  # noqa: N803
        self.written.append(Key)


@pytest.fixture
def wanted() -> Registration:
    return registration(properties(stack()), stack())


def test_the_pointer_is_written_when_all_else_is_there(wanted: Registration) -> None:
    s3 = FakeS3()
    publish(s3, wanted)
    assert len(s3.written) == 4
    assert s3.written[-1] == "current/version"


def test_a_huge_archive_is_not_even_read(wanted: Registration) -> None:
    s3 = FakeS3(stated_bytes=MOST_PACKED_BYTES + 1)
    with pytest.raises(RefusedError, match="100000001 bytes; at most 100000000"):
        publish(s3, wanted)
    assert s3.written == []
