"""What is still there once all faults have ended and the last back-off has passed."""

from aws_simulator import programs
from aws_simulator.actor import open_gate
from aws_simulator.stacks import GONE, SimulatedStack
from aws_simulator.world import World
from ttl_cleanup.reaper.guards import Guards
from ttl_cleanup.reaper.run import run

MOST_RUNS = 60
SECONDS_BETWEEN_RUNS = 300
TRIED_DELETIONS = 3


def run_out(world: World, guards: Guards | None = None) -> None:
    """Let everything's time pass, with a reaper that runs every five minutes."""
    world.list_lag_seconds = 0
    world.left_out.clear()
    world.settle(900)
    ends = [
        int(item["expires_at"]["N"]) for item in world.table.items.values() if "expires_at" in item
    ]
    run(programs.reaper(world, open_gate, guards=guards))
    world.settle(max(0, max(ends, default=0) - world.time - 600))
    for _ in range(MOST_RUNS):
        run(programs.reaper(world, open_gate, guards=guards))
        world.settle(SECONDS_BETWEEN_RUNS)
        if not leaks(world) and not stale_records(world):
            return


def leaks(world: World) -> list[str]:
    """List stacks that should be gone, and are not, and nobody was told."""
    return [f"{s.name} {s.status}" for s in world.stacks.values() if _is_leak(world, s)]


def stale_records(world: World) -> list[str]:
    """List the records of stacks that are gone."""
    ids = {key: item["stack_id"]["S"] for key, item in world.table.items.items()}
    return [key for key, stack_id in ids.items() if world.stacks[stack_id].status == GONE]


def _is_leak(world: World, stack: SimulatedStack) -> bool:
    if stack.status == GONE or stack.tags["mockenv:ttl"] == "never":
        return False
    environment = stack.tags["mockenv:environment"]
    item = world.table.items.get(environment, {})
    if item.get("is_pinned") == {"BOOL": True}:
        return False
    is_told = any(f"{environment} can't be deleted" in subject for _, subject, _ in world.messages)
    return not (stack.deletions_failed >= TRIED_DELETIONS and is_told)
