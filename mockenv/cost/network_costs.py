"""What networks cost by the hour, whether anybody calls or not."""

from dataclasses import dataclass

from mockenv.cost.prices import HOURS_PER_MONTH, Prices, list_prices
from mockenv.settings.network import Nat, Network

NAT_INSTANCE_DISK_GB = 8
ZONES = 2
# Images come through the first two, logs go through the third; S3's own kind of endpoint is free.
ENDPOINTS = ("ecr.api", "ecr.dkr", "logs")


@dataclass(frozen=True)
class WayOut:
    """What a way to the internet costs in USD: always, for traffic, and for each task."""

    usd_per_hour: float
    usd_per_gb: float = 0.0
    usd_per_task_hour: float = 0.0

    @property
    def usd_per_month(self) -> float:
        """What it costs each month, whether it is used or not."""
        return self.usd_per_hour * HOURS_PER_MONTH


def way_out(nat: Nat, prices: Prices | None = None) -> WayOut:
    """Return the cost of a network's NAT, or of doing without."""
    prices = prices or list_prices()
    if nat is Nat.NONE:
        return WayOut(0.0, usd_per_task_hour=prices.public_ipv4_hour)
    if nat is Nat.GATEWAY:
        hourly = prices.nat_gateway_hour + prices.public_ipv4_hour
        return WayOut(hourly, usd_per_gb=prices.nat_gateway_gb)
    disk = NAT_INSTANCE_DISK_GB * prices.gp3_gb_month / HOURS_PER_MONTH
    return WayOut(prices.t4g_micro_hour + prices.public_ipv4_hour + disk)


def endpoints_way_out(prices: Prices | None = None) -> WayOut:
    """Return the cost of interface endpoints in place of NAT, in a VPC that has two zones."""
    prices = prices or list_prices()
    hourly = len(ENDPOINTS) * ZONES * prices.interface_endpoint_zone_hour
    return WayOut(hourly, usd_per_gb=prices.interface_endpoint_gb)


def usd_per_hour(network: Network, prices: Prices | None = None) -> float:
    """Return what all costs that is made for a network; what is there already costs nothing."""
    prices = prices or list_prices()
    balancers = len(network.load_balancers) * prices.application_load_balancer_hour
    if network.existing is None:
        return balancers + way_out(network.nat, prices).usd_per_hour
    return balancers if network.existing.listener_arn is None else 0.0
