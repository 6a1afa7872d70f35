import io
import struct
import tracemalloc
import warnings
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration_samples import SOURCES, zipped
from ttl_cleanup.failure import RefusedError
from ttl_cleanup.registration import packed_sources
from ttl_cleanup.registration.packed_sources import unpack

CONFIG = {"environment.json": b"{}"}


def test_files_come_out_as_they_went_in() -> None:
    assert dict(unpack(zipped())) == SOURCES


def test_folders_are_passed_over() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("environment.json", "{}")
        archive.mkdir("mocks")
    assert dict(unpack(packed.getvalue())) == CONFIG


@pytest.mark.parametrize(
    "name",
    [
        "../current/version",
        "mocks/../../current/version",
        "/etc/passwd",
        "mocks//core.yaml",
        "mocks/./core.yaml",
        "mocks\\..\\core.yaml",
        "mocks/\x01",
        "current/version",
        "mock_host.mjs",
        "mocks/" + "x" * 900,
    ],
)
def test_names_that_sources_never_have_are_refused(name: str) -> None:
    with pytest.raises(RefusedError, match="can't be a source's name"):
        list(unpack(zipped(CONFIG | {name: b""})))


def test_links_are_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("environment.json", "{}")
        link = zipfile.ZipInfo("mocks/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(RefusedError, match="can't be a source's name"):
        list(unpack(packed.getvalue()))


def test_a_name_that_stands_there_twice_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("environment.json", "{}")
        archive.writestr("environment.json", "{}")
    with pytest.raises(RefusedError, match="stands there twice"):
        list(unpack(packed.getvalue()))


def test_sources_without_their_configuration_are_refused() -> None:
    with pytest.raises(RefusedError, match=r"environment\.json is missing"):
        list(unpack(zipped({"mocks/core/core.yaml": b""})))


def test_too_many_files_are_refused() -> None:
    many = {f"mocks/{number}": b"" for number in range(packed_sources.MOST_FILES)}
    with pytest.raises(RefusedError, match="2001 files; at most 2000"):
        list(unpack(zipped(CONFIG | many)))


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    bomb = zipped(CONFIG | {"mocks/zeros": bytes(packed_sources.MOST_FILE_BYTES + 1)})
    assert len(bomb) < 100_000
    with pytest.raises(RefusedError, match="zeros has 64000001 bytes"):
        next(unpack(bomb))


def test_many_files_that_are_too_much_together_are_refused() -> None:
    part = zipped(CONFIG | {"mocks/zeros-0": bytes(60_000_000)})
    packed = io.BytesIO(part)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(1, 5):
            archive.writestr(f"mocks/zeros-{number}", bytes(60_000_000))
    with pytest.raises(RefusedError, match="300000002 bytes when unpacked"):
        next(unpack(packed.getvalue()))


def test_a_size_that_lies_is_found_out() -> None:
    """A bomb may state a small size: what is read stops there, and the check sum tells."""
    honest = zipped(CONFIG | {"mocks/zeros": bytes(100_000)})
    stated, lie = struct.pack("<I", 100_000), struct.pack("<I", 10)
    assert honest.count(stated) == 2
    with pytest.raises(RefusedError, match="archive is broken"):
        list(unpack(honest.replace(stated, lie)))


def test_a_bomb_that_lies_about_its_size_takes_no_memory() -> None:
    packed, megabytes = io.BytesIO(), 100
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("environment.json", "{}")
        with archive.open("mocks/zeros", "w") as file:
            for _ in range(megabytes):
                file.write(bytes(1_000_000))
    stated, lie = struct.pack("<I", megabytes * 1_000_000), struct.pack("<I", 10)
    bomb = packed.getvalue().replace(stated, lie)
    tracemalloc.start()
    try:
        with pytest.raises(RefusedError, match="archive is broken"):
            list(unpack(bomb))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@given(st.binary(max_size=200))
def test_no_bytes_bring_another_error(content: bytes) -> None:
    with pytest.raises(RefusedError, match="archive is broken"):
        list(unpack(content))


@given(st.data())
def test_damage_is_found_or_does_no_harm(data: st.DataObject) -> None:
    whole = bytearray(zipped())
    position = data.draw(st.integers(0, len(whole) - 1))
    whole[position] ^= data.draw(st.integers(1, 255))
    try:
        files = dict(unpack(bytes(whole)))
    except RefusedError:
        return
    assert "environment.json" in files
    assert set(files.values()) <= set(SOURCES.values())
