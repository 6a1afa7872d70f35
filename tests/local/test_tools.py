"""Where the programs are."""

from pathlib import Path

import pytest

from mockenv.errors import MockenvError
from mockenv.local.tools import find_node, find_tools


def test_node_is_the_wheel_s_own_binary() -> None:
    with find_node().open("rb") as binary:
        assert binary.read(2) != b"#!"


def test_a_checkout_that_is_not_set_up_says_how(tmp_path: Path) -> None:
    with pytest.raises(MockenvError) as caught:
        find_tools(checkout=tmp_path)
    assert "mock_host.mjs is missing" in caught.value.message
    assert caught.value.next_step == f"run make setup in {tmp_path}"


def test_mockserver_is_asked_for_only_when_needed(tmp_path: Path) -> None:
    bundle = tmp_path / ".build" / "mock_host" / "mock_host.mjs"
    bundle.parent.mkdir(parents=True)
    bundle.touch()
    assert find_tools(checkout=tmp_path).mockserver is None
    with pytest.raises(MockenvError) as caught:
        find_tools(with_mockserver=True, checkout=tmp_path)
    assert caught.value.next_step == f"run make mockserver in {tmp_path}"
