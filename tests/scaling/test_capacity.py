from pathlib import Path

import pytest

from mockenv.scaling.capacity import (
    MOCKSERVER_PER_CPU_SECOND,
    PASSED_ON_PER_CPU_SECOND,
    PRISM_PER_CPU_SECOND,
    SHARE_OF_MEASURED_CORE,
    requests_per_cpu_second,
    task_capacity,
)
from mockenv.settings.model import Engine


def test_a_whole_core_does_the_assumed_share_of_what_was_measured() -> None:
    capacity = task_capacity(1024, {Engine.PRISM})
    assert capacity.requests_per_second == PRISM_PER_CPU_SECOND * SHARE_OF_MEASURED_CORE
    assert capacity.full_cpu_percent == 100


def test_a_quarter_of_a_core_does_a_quarter() -> None:
    whole, quarter = (task_capacity(cpu, {Engine.PRISM}) for cpu in (1024, 256))
    assert quarter.requests_per_second == whole.requests_per_second / 4
    assert quarter.full_cpu_percent == 100


@pytest.mark.parametrize(("cpu_units", "percent"), [(2048, 50), (4096, 25)])
def test_the_mock_host_alone_uses_one_core_of_several(cpu_units: int, percent: float) -> None:
    capacity = task_capacity(cpu_units, {Engine.PRISM})
    assert capacity.full_cpu_percent == percent
    one_core = task_capacity(1024, {Engine.PRISM})
    assert capacity.requests_per_second == one_core.requests_per_second


def test_mockserver_uses_all_cores() -> None:
    two, one = (task_capacity(cpu, {Engine.MOCKSERVER}) for cpu in (2048, 1024))
    assert two.full_cpu_percent == 100
    assert two.requests_per_second == 2 * one.requests_per_second


def test_a_request_to_mockserver_costs_the_mock_host_too() -> None:
    assert requests_per_cpu_second(Engine.MOCKSERVER) < MOCKSERVER_PER_CPU_SECOND


def test_the_slowest_engine_counts() -> None:
    both = task_capacity(1024, {Engine.PRISM, Engine.MOCKSERVER})
    assert both == task_capacity(1024, {Engine.MOCKSERVER})


def test_what_the_settings_state_counts_instead() -> None:
    stated = task_capacity(2048, {Engine.PRISM}, stated=58.5)
    assert stated.requests_per_second == 58.5
    assert stated.full_cpu_percent == task_capacity(2048, {Engine.PRISM}).full_cpu_percent


@pytest.mark.parametrize(
    "figure", [PRISM_PER_CPU_SECOND, MOCKSERVER_PER_CPU_SECOND, PASSED_ON_PER_CPU_SECOND]
)
def test_the_figures_are_those_of_the_benchmarks(root: Path, figure: int) -> None:
    benchmarks = (root / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert f"| {figure:,} |" in benchmarks or f"| {figure:,} per CPU s |" in benchmarks
