"""How full each shared load balancer is, as far as stacks say it."""

from collections import Counter
from collections.abc import Iterable

from mockenv.cloud.inventory import Listed

MOST_TARGET_GROUPS = 100  # an Application Load Balancer's own quota, which AWS does not raise
NOTED_ABOVE = 85


def environments_by_balancer(listed: Iterable[Listed]) -> dict[int, int]:
    """Count the environments of each load balancer, the first one first."""
    balancers = (each.load_balancer for each in listed)
    return dict(sorted(Counter(each for each in balancers if each is not None).items()))


def balancer_notes(listed: Iterable[Listed]) -> list[str]:
    """Name each load balancer that will soon take no more."""
    return [
        f"load balancer {number} has {count} environments, and room for {MOST_TARGET_GROUPS} "
        "target groups: add a number to network.load_balancers, then make deploy"
        for number, count in environments_by_balancer(listed).items()
        if count > NOTED_ABOVE
    ]
