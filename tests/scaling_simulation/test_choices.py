"""Other rules than those chosen: what docs/scaling.md and decision 021 say of them."""

import dataclasses
import math

import pytest

from scaling_simulation.cases import Run
from scaling_simulation.outcome import Outcome, outcome
from scaling_simulation.rules import Policy, Rules, Step
from scaling_simulation.run import play

ALL_AT_ONCE = (Step(0, math.inf, 20_000),)


def played(run: Run, **changes: object) -> Outcome:
    """Play a run again with another policy for scaling out."""
    return outcome(play(_changed(run.case.rules, changes), run.curve, run.case.world))


def _changed(rules: Rules, changes: dict[str, object]) -> Rules:
    out, into = sorted(rules.alarms, key=lambda alarm: alarm.periods)
    policy: Policy = dataclasses.replace(out.policy, **changes)  # type: ignore[arg-type]
    return dataclasses.replace(rules, alarms=(dataclasses.replace(out, policy=policy), into))


@pytest.fixture
def by_cpu(runs: list[Run]) -> dict[str, Run]:
    """The runs from 10 tasks whose load only CPU use tells, by curve."""
    return {
        run.curve.name: run
        for run in runs
        if (run.case.rules_name, run.case.bounds) == ("ours", "10-200")
        and run.case.requests_name == "125 × the CPU"
    }


def test_all_tasks_at_the_first_alarm_would_still_refuse(by_cpu: dict[str, Run]) -> None:
    ramp, spike = (played(by_cpu[name], steps=ALL_AT_ONCE) for name in ("ramp", "spike"))
    assert ramp.refused_percent == pytest.approx(2.3, abs=0.05)
    assert spike.refused_percent == by_cpu["spike"].outcome.refused_percent


def test_a_short_cooldown_refuses_less_and_answers_a_spike_with_all_tasks(
    by_cpu: dict[str, Run],
) -> None:
    ramp, spike = (played(by_cpu[name], cooldown_seconds=60) for name in ("ramp", "spike"))
    assert ramp.refused_percent == pytest.approx(6, abs=0.5)
    assert spike.most_tasks == 200
    assert by_cpu["spike"].outcome.most_tasks < 60
