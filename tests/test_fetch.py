"""Copies of remote files, by way of a fake download."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from builders import environment, mock
from mockenv.errors import ExitCode, MockenvError
from mockenv.fetch import fetch
from mockenv.sources import write_sources

HOST = "https://schemas.example.com"
DOCUMENT = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n"


class Site:
    """Answers downloads from a mapping, and remembers them."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = dict(files)
        self.asked: list[str] = []

    def __call__(self, url: str) -> bytes:
        self.asked.append(url)
        if url not in self.files:
            raise MockenvError(f"{url} can't be fetched: it answers 404", next_step="check it")
        return self.files[url].encode()


@pytest.fixture
def site() -> Site:
    return Site(
        {
            f"{HOST}/common/money.yaml": "Money: {$ref: 'types/currency.json#/Code'}\n",
            f"{HOST}/common/types/currency.json": '{"Code": {"$ref": "../money.yaml#/Money"}}',
        }
    )


def document(folder: Path, *references: str, name: str = "core.yaml") -> Path:
    schemas = "".join(f"    S{i}: {{$ref: '{one}'}}\n" for i, one in enumerate(references))
    (folder / name).write_text(f"{DOCUMENT}components:\n  schemas:\n{schemas}")
    return folder / name


def test_files_are_copied_with_those_that_they_refer_to(tmp_path: Path, site: Site) -> None:
    core = mock(
        document(tmp_path, f"{HOST}/common/money.yaml#/Money"), remote_refs=(f"{HOST}/common/",)
    )
    fetched = fetch([core], site)
    folder = tmp_path / "remote-refs" / "schemas.example.com" / "common"
    assert [(one.file, one.change) for one in fetched] == [
        (folder / "money.yaml", "new"),
        (folder / "types" / "currency.json", "new"),
    ]
    assert (folder / "money.yaml").read_text() == site.files[f"{HOST}/common/money.yaml"]
    assert sorted(site.asked) == sorted(site.files)
    out = tmp_path / "out"
    write_sources(environment(core), out)
    copies = out / "mocks" / "core" / "remote-refs" / "schemas.example.com" / "common"
    assert (copies / "types" / "currency.json").is_file()


def test_another_fetch_tells_what_changed(tmp_path: Path, site: Site) -> None:
    core = mock(document(tmp_path, f"{HOST}/common/money.yaml"), remote_refs=(f"{HOST}/common/",))
    fetch([core], site)
    site.files[f"{HOST}/common/money.yaml"] += "# newer\nOther: {$ref: 'types/currency.json'}\n"
    assert [one.change for one in fetch([core], site)] == ["changed", "same"]


def test_a_file_that_two_mocks_refer_to_is_downloaded_once(tmp_path: Path, site: Site) -> None:
    mocks = [
        mock(
            document(tmp_path, f"{HOST}/common/money.yaml", name=f"{name}.yaml"),
            name,
            f"/{name}",
            remote_refs=(f"{HOST}/common/",),
        )
        for name in ("one", "two")
    ]
    assert len(fetch(mocks, site)) == 2
    assert len(site.asked) == 2


def test_what_is_not_allowed_is_not_even_asked_for(tmp_path: Path, site: Site) -> None:
    core = mock(
        document(tmp_path, f"{HOST}/common/money.yaml"),
        remote_refs=(f"{HOST}/common/money.yaml",),
    )
    with pytest.raises(MockenvError, match=r"money\.yaml refers to .*currency\.json") as caught:
        fetch([core], site)
    assert caught.value.exit_code == ExitCode.BAD_INPUT
    assert "remote_refs of core" in caught.value.next_step
    assert site.asked == [f"{HOST}/common/money.yaml"]
    assert not (tmp_path / "remote-refs").exists()


def test_if_one_file_can_t_be_had_nothing_is_written(tmp_path: Path, site: Site) -> None:
    core = mock(
        document(tmp_path, f"{HOST}/common/money.yaml", f"{HOST}/common/gone.yaml"),
        remote_refs=(f"{HOST}/common/",),
    )
    with pytest.raises(MockenvError, match="answers 404"):
        fetch([core], site)
    assert not (tmp_path / "remote-refs").exists()


def test_without_a_copy_the_sources_are_refused_and_say_what_to_do(tmp_path: Path) -> None:
    core = mock(document(tmp_path, f"{HOST}/common/money.yaml"), remote_refs=(f"{HOST}/common/",))
    with pytest.raises(MockenvError, match="has no copy here") as caught:
        write_sources(environment(core), tmp_path / "out")
    assert "mockenv fetch" in caught.value.next_step


def test_documents_without_remote_files_need_nothing(tmp_path: Path, site: Site) -> None:
    (tmp_path / "other.yaml").write_text("A: {}\n")
    assert fetch([mock(document(tmp_path, "other.yaml#/A"))], site) == []
    assert site.asked == []
