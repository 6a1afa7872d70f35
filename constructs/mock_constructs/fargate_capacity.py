"""Which of Fargate's two kinds of capacity an environment's tasks run on."""

from aws_cdk import Annotations
from aws_cdk import aws_ecs as ecs
from constructs import Construct

from mockenv.settings.model import Engine
from mockenv.settings.resolve import EnvironmentSettings

ON_DEMAND = "FARGATE"
SPOT = "FARGATE_SPOT"


def capacity_strategy(*, spot: bool, on_demand_base: int) -> list[ecs.CapacityProviderStrategy]:
    """Return on demand, or Spot, or Spot for all but the first tasks.

    A base counts before weights do (ECS API, CapacityProviderStrategyItem): with weight 0 the
    provider gets its base and nothing more, which AWS Copilot's `spot_from` relies on too.
    """
    if not spot:
        return [ecs.CapacityProviderStrategy(capacity_provider=ON_DEMAND, weight=1)]
    strategy = [ecs.CapacityProviderStrategy(capacity_provider=SPOT, weight=1)]
    if on_demand_base:
        base = ecs.CapacityProviderStrategy(
            capacity_provider=ON_DEMAND, base=on_demand_base, weight=0
        )
        strategy.insert(0, base)
    return strategy


def warn_of_lost_state(scope: Construct, settings: EnvironmentSettings) -> None:
    """Say at synth which mocks forget what they know when AWS takes Spot capacity back."""
    forgetful = forgetful_mocks(settings)
    if forgetful:
        Annotations.of(scope).add_warning_v2(
            "mockenv:spot-state",
            f"on Spot {', '.join(forgetful)} can lose its state at any time: say on_demand_base: 1 "
            "in mockenv.yaml, or stateless: true if its expectations keep none",
        )


def forgetful_mocks(settings: EnvironmentSettings) -> list[str]:
    """Name the mocks whose state is in the memory of a task that runs on Spot.

    Such an environment has one task (settings/checks.py), which a base keeps on demand.
    """
    if not settings.spot or settings.on_demand_base:
        return []
    return [
        mock.name
        for mock in settings.mocks
        if mock.engine is Engine.MOCKSERVER and not mock.stateless
    ]
