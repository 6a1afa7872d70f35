import pytest

from scaling_simulation.cases import Run, run_all, run_stated
from synthesized import Synthesized


@pytest.fixture(scope="session")
def runs(synthesized: Synthesized) -> list[Run]:
    """Every curve against the rules of the environments that scale, and the known ones."""
    unstated = [run for stack in ("load", "surge") for run in run_all(synthesized.template(stack))]
    return [*unstated, *run_stated(synthesized.template("heavy"))]
