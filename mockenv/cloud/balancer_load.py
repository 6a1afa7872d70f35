"""How full each shared load balancer is, as far as stacks say it."""

from collections import Counter
from collections.abc import Iterable

from mockenv.cloud.inventory import Listed
from mockenv.names import MOST_TARGET_GROUPS

NOTED_ABOVE = 85


def target_groups_by_balancer(listed: Iterable[Listed]) -> dict[int, int]:
    """Count the target groups of each load balancer, the first one first."""
    counted: Counter[int] = Counter()
    for each in listed:
        if each.load_balancer is not None:
            counted[each.load_balancer] += each.target_groups
    return dict(sorted(counted.items()))


def balancer_notes(listed: Iterable[Listed]) -> list[str]:
    """Name each load balancer that will soon take no more."""
    return [
        f"load balancer {number} has {count} target groups of environments, and room for "
        f"{MOST_TARGET_GROUPS}: add a number to network.load_balancers, then make deploy"
        for number, count in target_groups_by_balancer(listed).items()
        if count > NOTED_ABOVE
    ]
