"""Writes what networks cost as Markdown tables: `python -m mockenv.cost.network_table`."""

from collections.abc import Mapping

from mockenv.cost.network_costs import WayOut, endpoints_way_out, usd_per_hour, way_out
from mockenv.cost.prices import HOURS_PER_MONTH
from mockenv.settings.network import Nat, Network

WAYS_OUT_HEAD = (
    "| way out | a month | per GB | per task and hour |",
    "|---|---:|---:|---:|",
)
NETWORKS_HEAD = ("| a network with | an hour | a month |", "|---|---:|---:|")


def ways_out_table() -> str:
    """Return one line for each way by which tasks reach image registries."""
    ways = {f"`nat: {nat}`": way_out(nat) for nat in Nat}
    ways["existing VPC with endpoints"] = endpoints_way_out()
    return "\n".join([*WAYS_OUT_HEAD, *(_way_row(name, way) for name, way in ways.items())])


def networks_table() -> str:
    """Return what load balancer and NAT of a network cost together."""
    networks: Mapping[str, Network] = {
        "one load balancer, `nat: none`": Network(nat=Nat.NONE),
        "one load balancer, `nat: instance`": Network(nat=Nat.INSTANCE),
        "one load balancer, `nat: gateway`": Network(nat=Nat.GATEWAY),
        "two load balancers, `nat: none`": Network(load_balancers=(1, 480)),
    }
    return "\n".join([*NETWORKS_HEAD, *(_network_row(*each) for each in networks.items())])


def _way_row(name: str, way: WayOut) -> str:
    figures = (f"{way.usd_per_month:.2f}", f"{way.usd_per_gb:.3f}", f"{way.usd_per_task_hour:.3f}")
    return f"| {name} | {' | '.join(figures)} |"


def _network_row(name: str, network: Network) -> str:
    hourly = usd_per_hour(network)
    return f"| {name} | {hourly:.4f} | {hourly * HOURS_PER_MONTH:.2f} |"


if __name__ == "__main__":
    print(ways_out_table(), networks_table(), sep="\n\n")
