"""Which remote files may be copied, and where their copies lie."""

from pathlib import PurePosixPath

import pytest

from mockenv import remote_refs


@pytest.mark.parametrize(
    ("url", "copy"),
    [
        ("https://a.example.com/x.yaml", "remote-refs/a.example.com/x.yaml"),
        ("https://A.example.com:443/b/x.json", "remote-refs/a.example.com/b/x.json"),
        ("https://a.example.com:8443/x.yaml", "remote-refs/a.example.com_8443/x.yaml"),
        ("https://a.example.com/my item.yaml", "remote-refs/a.example.com/my%20item.yaml"),
        ("https://a.example.com/my%20item.yaml", "remote-refs/a.example.com/my%20item.yaml"),
    ],
)
def test_a_copy_lies_by_host_and_path(url: str, copy: str) -> None:
    assert remote_refs.copy_of(url) == PurePosixPath(copy)


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example.com/x.yaml",
        "file:///etc/passwd",
        "https:///x.yaml",
        "https://user:secret@a.example.com/x.yaml",
        "https://a.example.com/x.yaml?token=1",
        "https://a.example.com",
        "https://a.example.com/",
        "https://a.example.com/a//b.yaml",
        "https://a.example.com/../../etc/passwd",
        "https://a.example.com/a/./b.yaml",
    ],
)
def test_what_is_no_plain_file_over_https_has_no_copy(url: str) -> None:
    with pytest.raises(remote_refs.RemoteReferenceError, match=r"^which "):
        remote_refs.copy_of(url)


def test_a_copy_knows_its_url_and_other_files_have_none() -> None:
    url = "https://a.example.com:8443/b/my%20item.yaml"
    assert remote_refs.url_of(remote_refs.copy_of(url)) == url
    assert remote_refs.url_of(PurePosixPath("schemas/a.yaml")) is None
    assert remote_refs.url_of(PurePosixPath("remote-refs/readme.md")) is None


def test_within_a_copy_a_path_means_a_file_of_its_host() -> None:
    copy = PurePosixPath("remote-refs/a.example.com/b/x.yaml")
    assert remote_refs.resolve("../y.yaml", copy) == "https://a.example.com/y.yaml"
    assert remote_refs.resolve("/z.yaml", copy) == "https://a.example.com/z.yaml"
    assert remote_refs.resolve("https://b.example.com/w", copy) == "https://b.example.com/w"
    assert remote_refs.resolve("y.yaml", PurePosixPath("core.yaml")) is None


@pytest.mark.parametrize(
    ("url", "allowed", "expected"),
    [
        ("https://a.example.com/x.yaml", "https://a.example.com/x.yaml", True),
        ("https://a.example.com/x.yaml#/A", "https://a.example.com/x.yaml", True),
        ("https://a.example.com/common/x.yaml", "https://a.example.com/common/", True),
        ("https://a.example.com/common", "https://a.example.com/common/", False),
        ("https://a.example.com/x.yaml.evil", "https://a.example.com/x.yaml", False),
        ("https://a.example.com.evil/x.yaml", "https://a.example.com/", False),
        ("https://b.example.com/x.yaml", "https://a.example.com/", False),
    ],
)
def test_only_what_is_named_is_allowed(url: str, allowed: str, expected: bool) -> None:
    assert remote_refs.is_allowed(url, [allowed]) is expected
