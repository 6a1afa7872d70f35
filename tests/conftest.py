"""Fixtures of all tests. Templates are synthesized once for a whole run, and only if asked for."""

from pathlib import Path

import hypothesis
import pytest

from synthesized import Synthesized, prepare_cdk, synthesize_all

# Before any test module is read: some load CDK.
prepare_cdk()

# What a busy machine takes is no mistake: examples are never timed.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session")
def synthesized(tmp_path_factory: pytest.TempPathFactory) -> Synthesized:
    """Every kind of stack, synthesized together from stand-ins for what is built elsewhere."""
    return synthesize_all(tmp_path_factory.mktemp("stacks"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return Path(__file__).resolve().parents[1]
