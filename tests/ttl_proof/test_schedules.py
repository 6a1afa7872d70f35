"""The short form of the proof: the same schedules in every run."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from ttl_proof.machine import TtlMachine

SHORT = settings(
    max_examples=100,
    stateful_step_count=8,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
)


def test_nothing_is_deleted_early_and_nothing_stays() -> None:
    run_state_machine_as_test(TtlMachine, settings=SHORT)
    counters = TtlMachine.counters
    print("\n".join(counters.lines()))
    assert len(counters.different) >= 60
    assert counters.faults.total() >= 400
    assert counters.events["deletions by the reaper"] >= 200
