from typing import Any

import pytest

from creation_templates import all_templates
from creation_time.durations import Durations, typical_durations
from synthesized import Synthesized


@pytest.fixture(scope="session")
def durations() -> Durations:
    return typical_durations()


@pytest.fixture(scope="session")
def templates(
    synthesized: Synthesized, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """Every template of docs/creation.md, by what that calls it."""
    return all_templates(synthesized, tmp_path_factory.mktemp("vpc_each"))
