from pathlib import Path
from typing import Any

import pytest

from builders import environment, mock
from mock_constructs.fargate_capacity import forgetful_mocks
from mockenv.settings.model import Engine
from synthesized import Synthesized

ON_DEMAND = {"CapacityProvider": "FARGATE", "Weight": 1}
SPOT = {"CapacityProvider": "FARGATE_SPOT", "Weight": 1}


@pytest.mark.parametrize(
    ("stack", "strategy"),
    [
        ("pr-123", [ON_DEMAND]),
        ("load", [SPOT]),
        ("pr-512", [{"CapacityProvider": "FARGATE", "Base": 2, "Weight": 0}, SPOT]),
    ],
)
def test_tasks_run_on_what_was_chosen(
    synthesized: Synthesized, stack: str, strategy: list[dict[str, Any]]
) -> None:
    service = synthesized.properties(stack, "AWS::ECS::Service")
    assert service["CapacityProviderStrategy"] == strategy
    assert "LaunchType" not in service  # ECS refuses both together


def test_a_strategy_has_one_base_and_a_weight_above_0(synthesized: Synthesized) -> None:
    """ECS refuses others (ECS API, CapacityProviderStrategyItem)."""
    for stack in synthesized.stacks():
        for service in synthesized.all_of(stack, "AWS::ECS::Service"):
            strategy = service["Properties"]["CapacityProviderStrategy"]
            assert sum(item.get("Base", 0) > 0 for item in strategy) <= 1
            assert any(item["Weight"] > 0 for item in strategy)


@pytest.mark.parametrize(
    ("chosen", "stateless", "forgetful"),
    [
        ({"spot": True}, False, ["ledger"]),
        ({"spot": True}, True, []),
        ({"spot": True, "on_demand_base": 1}, False, []),
        ({"spot": False}, False, []),
    ],
)
def test_state_is_lost_with_spot_capacity_alone(
    chosen: dict[str, Any], stateless: bool, forgetful: list[str]
) -> None:
    ledger = mock(
        Path("ledger.json"), "ledger", "/ledger", engine=Engine.MOCKSERVER, stateless=stateless
    )
    settings = environment(mock(Path("core.yaml")), ledger, **chosen)
    assert forgetful_mocks(settings) == forgetful


def test_who_can_lose_state_is_told_at_synth(synthesized: Synthesized) -> None:
    assert "on Spot ledger can lose its state" in synthesized.metadata("pr-9")
    for stack in ("pr-7", "pr-512", "load"):
        assert "can lose its state" not in synthesized.metadata(stack)
