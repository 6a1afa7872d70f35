"""Fixtures of all tests. Templates are synthesized once for a whole run, and only if asked for."""

from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from synthesized import Synthesized

# What a busy machine takes is no mistake: examples are never timed.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session")
def synthesized(tmp_path_factory: pytest.TempPathFactory) -> "Synthesized":
    """Every kind of stack, synthesized together from stand-ins for what is built elsewhere."""
    from synthesized import prepare_cdk, synthesize_all  # noqa: PLC0415 (loads CDK: slow)

    with pytest.MonkeyPatch.context() as patch:
        prepare_cdk(patch)
        return synthesize_all(tmp_path_factory.mktemp("stacks"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return Path(__file__).resolve().parents[1]
