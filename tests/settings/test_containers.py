"""How many mocks of MockServer one task holds."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mockenv.settings.container_checks import MOST_MOCKSERVERS
from mockenv.settings.problems import Problem
from mockenv.settings.resolve import load_settings

Ask = Callable[[str], tuple[Problem, ...]]
Write = Callable[[str], Path]


def text(count: int) -> str:
    mocks = "".join(
        f"  m{number}: {{path: /m{number}, engine: mockserver, expectations: ledger.json}}\n"
        for number in range(count)
    )
    return f"project: shop\ndefaults: {{size: {{cpu: 4096, memory_mib: 8192}}}}\nmocks:\n{mocks}"


def test_a_task_holds_ten_containers(settings_file: Write) -> None:
    assert len(load_settings(settings_file(text(MOST_MOCKSERVERS))).settings.mocks) == 8


@pytest.mark.parametrize("more", [1, 2])
def test_each_mock_beyond_them_is_told(problems: Ask, more: int) -> None:
    found = problems(text(MOST_MOCKSERVERS + more))
    assert [problem.key for problem in found] == [f"mocks.m{8 + n}.engine" for n in range(more)]
    assert "room for 8 mocks of MockServer" in found[0].wrong
    assert "split the environment" in found[0].right
