import pytest

from mockenv.scaling.capacity import TaskCapacity
from mockenv.scaling.rules import load_expression, quiet_expression
from scaling_simulation.metric_math import evaluate

LOAD = load_expression(TaskCapacity(requests_per_second=100, full_cpu_percent=50))


@pytest.mark.parametrize(
    ("cpu", "requests", "load"),
    [(25, 600, 50), (5, 6_000, 100), (5, 60_000, 1_000), (50, None, 100), (None, 3_000, 50)],
)
def test_load_is_the_higher_share(cpu: float | None, requests: float | None, load: float) -> None:
    assert evaluate(LOAD, {"cpu": cpu, "requests": requests}) == pytest.approx(load)


@pytest.mark.parametrize(
    ("load", "memory", "quiet"),
    [(29, 89, 1), (30, 50, 0), (10, 90, 0), (None, 50, None), (10, None, None)],
)
def test_quiet_needs_low_load_and_free_memory(
    load: float | None, memory: float | None, quiet: float | None
) -> None:
    assert evaluate(quiet_expression(), {"load": load, "memory": memory}) == quiet


def test_arithmetic_on_a_missing_value_is_missing() -> None:
    assert evaluate("requests * 2 - 1", {"requests": None}) is None
    assert evaluate("requests * 2 - 1", {"requests": 3}) == 5


@pytest.mark.parametrize("expression", ["ANOMALY(cpu)", "cpu ** 2", "MAX(cpu)"])
def test_what_is_not_implemented_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match="not implemented in the simulation"):
        evaluate(expression, {"cpu": 1})
