"""Loads and standings for tests, different from each other in what a test names."""

from bench.load import Load
from bench.standing import Standing


def load(per_cpu_second: float, *, p99_ms: float = 5) -> Load:
    return Load(per_cpu_second * 0.9, per_cpu_second, p99_ms, 0.5, 200.4)


def standing(engine: str, document: str, *loads: Load) -> Standing:
    return Standing(engine, document, start_seconds=1.24, status_of_invalid=422, loads=loads)
