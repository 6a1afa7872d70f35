"""Task sizes: what Fargate offers, and that the stated one holds the mocks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockenv.settings.problems import Problem
from mockenv.settings.resolve import load_settings, resolve_environment
from mockenv.settings.sizes import (
    FARGATE_MEMORY_MIB,
    NAMED_SIZES,
    MockLoad,
    TaskSize,
    fargate_problem,
    needed_memory_mib,
    smallest_fitting_size,
)

Ask = Callable[[str], Problem]
Write = Callable[[str], Path]

TEXT = "project: shop\nmocks:\n  core: {path: /, spec: core.yaml}\n"


def ledger(name: str) -> str:
    return f"  {name}:\n    path: /{name}\n    engine: mockserver\n    expectations: ledger.json\n"


def test_the_named_sizes_are_those_of_the_documentation() -> None:
    assert {name: tuple(size) for name, size in NAMED_SIZES.items()} == {
        "small": (256, 512),
        "medium": (512, 1024),
        "large": (1024, 2048),
        "xlarge": (2048, 4096),
    }


@pytest.mark.parametrize("size", NAMED_SIZES.values())
def test_fargate_offers_every_named_size(size: TaskSize) -> None:
    assert fargate_problem(size) is None


@pytest.mark.parametrize(
    ("cpu", "memory_mib", "right"),
    [
        (128, 512, "Fargate offers these cpu values: 256, 512, 1024, 2048, 4096, 8192, 16384"),
        (256, 4096, "with cpu 256 Fargate offers these memory_mib values: 512, 1024, 2048"),
        (512, 512, "with cpu 512 Fargate offers these memory_mib values: 1024, 2048, 3072, 4096"),
        (
            1024,
            9216,
            "with cpu 1024 Fargate offers these memory_mib values: 2048, 3072, 4096, 5120",
        ),
        (
            1024,
            2049,
            "with cpu 1024 Fargate offers these memory_mib values: 2048, 3072, 4096, 5120",
        ),
        (8192, 17_408, "with cpu 8192 Fargate offers these memory_mib values: 16384, 20480, 24576"),
        (0, 0, "Fargate offers these cpu values"),
        (-256, 512, "Fargate offers these cpu values"),
    ],
)
def test_a_size_that_fargate_does_not_offer_is_refused(
    problem: Ask, cpu: int, memory_mib: int, right: str
) -> None:
    found = problem(f"{TEXT}defaults:\n  size: {{cpu: {cpu}, memory_mib: {memory_mib}}}\n")
    assert (found.line, found.key) == (5, "defaults.size")
    assert found.right.startswith(right)


@pytest.mark.parametrize(
    ("cpu", "memory_mib"),
    [(256, 2048), (512, 4096), (1024, 8192), (2048, 16_384), (4096, 30_720), (16_384, 122_880)],
)
def test_a_size_in_numbers_is_taken(settings_file: Write, cpu: int, memory_mib: int) -> None:
    size = f"{{cpu: {cpu}, memory_mib: {memory_mib}}}"
    file = settings_file(f"{TEXT}defaults:\n  size: {size}\n")
    assert resolve_environment(file, "dev").size == (cpu, memory_mib)


def test_a_size_too_small_for_a_sidecar_names_the_one_that_fits(problem: Ask) -> None:
    found = problem(f"{TEXT}{ledger('ledger')}")
    need = needed_memory_mib([MockLoad("prism", 60), MockLoad("mockserver", 2)])
    assert found.key == "defaults"
    assert found.wrong == f"a task has 512 MiB, but these mocks need about {need} MiB"
    assert found.right == "the smallest size that fits is medium"


def test_a_size_too_small_is_refused_where_it_is_written(problem: Ask) -> None:
    text = (
        f"{TEXT}{ledger('ledger')}defaults:\n  size: medium\n"
        "environments:\n  pr-*: {ttl: 8h}\n  int:\n    size: small\n"
    )
    found = problem(text)
    assert (found.line, found.key) == (13, "environments.int.size")
    assert found.right == "the smallest size that fits is medium"


def test_one_size_too_small_in_the_defaults_is_one_problem(problem: Ask) -> None:
    text = (
        f"{TEXT}{ledger('ledger')}defaults:\n  size: small\n"
        "environments:\n  pr-*: {ttl: 8h}\n  int: {ttl: 3d}\n"
    )
    assert problem(text).key == "defaults.size"


def test_a_large_document_needs_a_larger_size(folder: Path, problem: Ask) -> None:
    with (folder / "core.yaml").open("a") as file:
        file.write(f"# {'x' * 13_000_000}\n")
    found = problem(TEXT)
    assert found.right == "the smallest size that fits is medium"


def test_what_is_said_to_fit_does_load(settings_file: Write, problem: Ask) -> None:
    text = f"{TEXT}{ledger('one')}{ledger('two')}"
    fitting = problem(text).right.removeprefix("the smallest size that fits is ")
    assert fitting == "large"
    load_settings(settings_file(f"{text}defaults: {{size: {fitting}}}\n"))


@given(st.integers(1, 122_880))
def test_the_smallest_fitting_size_fits(memory_mib: int) -> None:
    said = smallest_fitting_size(memory_mib)
    if said in NAMED_SIZES:
        fitting = NAMED_SIZES[said].memory_mib
        smaller = [size.memory_mib for size in NAMED_SIZES.values() if size.memory_mib < fitting]
    else:
        cpu, fitting = (int(part.rpartition(" ")[2]) for part in said.strip("{}").split(","))
        smaller = [NAMED_SIZES["xlarge"].memory_mib]
        assert fargate_problem(TaskSize(cpu, fitting)) is None
    assert fitting >= memory_mib
    assert all(size < memory_mib for size in smaller)


def test_what_no_task_holds_is_to_be_split() -> None:
    largest = max(max(memories) for memories in FARGATE_MEMORY_MIB.values())
    assert smallest_fitting_size(largest + 1) == "none: split the environment"


@given(
    st.lists(
        st.builds(MockLoad, st.sampled_from(["prism", "mockserver"]), st.integers(0, 50_000_000)),
        max_size=20,
    )
)
def test_more_mocks_never_need_less(loads: list[MockLoad]) -> None:
    needs = [needed_memory_mib(loads[:count]) for count in range(len(loads) + 1)]
    assert needs == sorted(needs)
