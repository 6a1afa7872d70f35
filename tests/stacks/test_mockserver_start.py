"""MockServer's own program, configured by the variables of the synthesized container."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mockserver import put_expectations, running_mockserver, status
from synthesized import Synthesized

EXPECTED = {"httpRequest": {"path": "/entries"}, "httpResponse": {"statusCode": 202}}


@pytest.fixture
def mockserver(synthesized: Synthesized, tmp_path: Path) -> Iterator[str]:
    """Start MockServer with the ledger's variables, but a free port; yield its address."""
    container = synthesized.container("pr-7", "mockserver-ledger")
    variables = {each["Name"]: each["Value"] for each in container["Environment"]}
    with running_mockserver(tmp_path, variables) as url:
        yield url


def test_mockserver_starts_empty_takes_expectations_and_passes_nothing_on(mockserver: str) -> None:
    assert status(f"{mockserver}/entries") == 404
    assert put_expectations(mockserver, [EXPECTED]) == 201
    assert status(f"{mockserver}/entries") == 202
    assert status(f"{mockserver}/unknown") == 404
