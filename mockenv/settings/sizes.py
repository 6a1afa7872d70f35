"""Task sizes that Fargate offers, and what a set of mocks needs of them."""

from collections.abc import Iterable
from typing import NamedTuple


class TaskSize(NamedTuple):
    """CPU in units of 1/1024 vCPU, memory in MiB."""

    cpu: int
    memory_mib: int


class MockLoad(NamedTuple):
    """What one mock brings into a task: its engine and the bytes of its source file."""

    engine: str
    source_bytes: int


NAMED_SIZES = {
    "small": TaskSize(256, 512),
    "medium": TaskSize(512, 1024),
    "large": TaskSize(1024, 2048),
    "xlarge": TaskSize(2048, 4096),
}

# AWS Fargate, "Task definition parameters for Fargate", table of task CPU and memory.
FARGATE_MEMORY_MIB = {
    256: (512, 1024, 2048),
    512: tuple(range(1024, 4096 + 1, 1024)),
    1024: tuple(range(2048, 8192 + 1, 1024)),
    2048: tuple(range(4096, 16_384 + 1, 1024)),
    4096: tuple(range(8192, 30_720 + 1, 1024)),
    8192: tuple(range(16_384, 61_440 + 1, 4096)),
    16_384: tuple(range(32_768, 122_880 + 1, 8192)),
}

# From docs/benchmarks.md, "Memory of a task": with small documents the host holds up to 180 MiB
# and 45 more for the thread that loads changed ones; while GitHub's 13 MB are loaded again beside
# those that serve, up to 870. MockServer's figure is that of its JVM under load.
MOCK_HOST_MIB = 250
MIB_PER_DOCUMENT_MB = 48
MOCKSERVER_MIB = 520


def fargate_problem(size: TaskSize) -> str | None:
    """Say what would be right if Fargate does not offer this size, None if it does."""
    if size.cpu not in FARGATE_MEMORY_MIB:
        return f"Fargate offers these cpu values: {', '.join(map(str, FARGATE_MEMORY_MIB))}"
    offered = FARGATE_MEMORY_MIB[size.cpu]
    if size.memory_mib not in offered:
        listed = ", ".join(map(str, offered))
        return f"with cpu {size.cpu} Fargate offers these memory_mib values: {listed}"
    return None


def needed_memory_mib(mocks: Iterable[MockLoad]) -> int:
    """Estimate the memory, in MiB, that a task with these mocks holds in steady use."""
    return MOCK_HOST_MIB + sum(_memory_mib(mock) for mock in mocks)


def smallest_fitting_size(memory_mib: int) -> str:
    """Name the smallest size that holds the memory: `medium`, or explicit numbers past xlarge."""
    for name, size in NAMED_SIZES.items():
        if size.memory_mib >= memory_mib:
            return name
    fitting = (
        f"{{cpu: {cpu}, memory_mib: {memory}}}"
        for cpu, memories in FARGATE_MEMORY_MIB.items()
        for memory in memories
        if memory >= memory_mib
    )
    return next(fitting, "none: split the environment")


def _memory_mib(mock: MockLoad) -> int:
    if mock.engine == "mockserver":
        return MOCKSERVER_MIB
    return round(mock.source_bytes / 1_000_000 * MIB_PER_DOCUMENT_MB)
