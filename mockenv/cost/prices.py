"""AWS's list prices, as far as something here is computed from them."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOURS_PER_MONTH = 730


@dataclass(frozen=True)
class Prices:
    """Prices in `currency`, in one region, as of the month in which they were `collected`.

    Traffic is per GB, endpoints are per zone.
    """

    collected: str
    region: str
    currency: str
    application_load_balancer_hour: float
    interface_endpoint_zone_hour: float
    interface_endpoint_gb: float
    nat_gateway_hour: float
    nat_gateway_gb: float
    public_ipv4_hour: float
    t4g_micro_hour: float
    gp3_gb_month: float


@cache
def list_prices() -> Prices:
    """Read the one file that holds them."""
    text = Path(__file__).with_name("prices.json").read_text(encoding="utf-8")
    return Prices(**json.loads(text))
