"""The short form of the proof; `make rollout-proof` plays all of it, more slowly."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from rollout_proof.scenarios import CUT, HOLDS, LOSES, ROLLING
from rollout_proof.times import Template, read_times
from synthesized import Synthesized

FACTOR = 0.03
# Far from the bounds, as this machine has other things to do.
SLOW = 0.5


@pytest.fixture
def templates(synthesized: Synthesized) -> Mapping[str, Template]:
    stacks = {"network": "network-none"} | {each.stack: each.stack for each in (*HOLDS, *LOSES)}
    return {name: synthesized.template(stack) for name, stack in stacks.items()}


def test_a_deployment_loses_no_request_and_without_its_delay_it_does(
    templates: Mapping[str, Template], tmp_path: Path
) -> None:
    with ThreadPoolExecutor() as pool:
        good, cut = (
            pool.submit(replace(each, slow=SLOW).run, templates, tmp_path / each.name, FACTOR)
            for each in (ROLLING, CUT)
        )
    assert (good.result().result, good.result().failed) == ("completed", {})
    assert good.result().answered > 0
    assert sum(cut.result().failed.values()) > 0


def test_what_is_played_is_what_is_synthesized(templates: Mapping[str, Template]) -> None:
    times = read_times(templates["stage"], templates["network"])
    assert (times.check_interval, times.healthy_checks, times.unhealthy_checks) == (5, 2, 2)
    assert (times.deregistration, times.drain, times.finish, times.stop) == (30, 5, 29, 35)
    assert (times.keep_alive, times.idle, times.grace, times.bake) == (65, 60, 60, 300)
    assert (times.least_percent, times.most_percent) == (100, 200)
    assert read_times(templates["pr-123"], templates["network"]).deregistration == 5
    assert read_times(templates["load"], templates["network"]).drain == 12


def test_one_factor_scales_every_time(templates: Mapping[str, Template]) -> None:
    times = read_times(templates["stage"], templates["network"])
    scaled = times.scaled(0.5)
    counts = {"healthy_checks", "unhealthy_checks", "least_percent", "most_percent"}
    for name, value in vars(times).items():
        assert getattr(scaled, name) == (value if name in counts else value / 2)


def test_every_scenario_has_a_name_of_its_own() -> None:
    names = [each.name for each in (*HOLDS, *LOSES)]
    assert len(set(names)) == len(names)
