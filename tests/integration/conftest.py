"""A real `mockenv up`, shared by the tests that only talk to it."""

from collections.abc import Iterator

import pytest

from integration.local_environment import Running, settings_folder, start_up


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = settings_folder(tmp_path_factory.mktemp("up"))
    running = start_up(folder)
    yield running
    assert running.stop() == 0
