from collections.abc import Callable
from pathlib import Path

import pytest

from mockenv.settings.problems import Problem
from mockenv.settings.resolve import load_settings

MINIMAL = "project: shop\nmocks:\n  core: {path: /, spec: core.yaml}\n"


def test_addresses_are_read(settings_file: Callable[[str], Path]) -> None:
    file = settings_file(f"{MINIMAL}notifications: [team@example.com, a.b+c@mail.example.org]\n")
    settings = load_settings(file).settings
    assert settings.notifications == ("team@example.com", "a.b+c@mail.example.org")


def test_nobody_is_told_unless_somebody_is_named(settings_file: Callable[[str], Path]) -> None:
    assert load_settings(settings_file(MINIMAL)).settings.notifications == ()


@pytest.mark.parametrize("address", ["team", "team@example", "@example.com", "a b@example.com"])
def test_what_is_no_address_is_named(problem: Callable[[str], Problem], address: str) -> None:
    found = problem(f"{MINIMAL}notifications:\n  - {address!r}\n")
    assert found.line == 5
    assert "name@domain.example" in str(found)
