from dataclasses import replace
from pathlib import Path

import pytest

from mockenv.cost.network_costs import endpoints_way_out, usd_per_hour, way_out
from mockenv.cost.network_table import networks_table, ways_out_table
from mockenv.cost.prices import Prices, list_prices
from mockenv.settings.network import ExistingNetwork, Nat, Network

ROUND = Prices(
    collected="",
    region="",
    currency="",
    application_load_balancer_hour=1.0,
    interface_endpoint_zone_hour=10.0,
    interface_endpoint_gb=0.1,
    nat_gateway_hour=100.0,
    nat_gateway_gb=0.2,
    public_ipv4_hour=1_000.0,
    t4g_micro_hour=10_000.0,
    gp3_gb_month=730.0,
)
VPC = ExistingNetwork(vpc_id="vpc-0a1b2c3d", task_subnet_ids=("subnet-0a1b2c", "subnet-1a1b2c"))
LISTENER = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/theirs/01/02"
BROUGHT = {"listener_arn": LISTENER, "load_balancer_security_group_id": "sg-0a1b2c3d"}


def test_without_nat_each_task_has_an_address_that_costs() -> None:
    way = way_out(Nat.NONE, ROUND)
    assert (way.usd_per_hour, way.usd_per_gb, way.usd_per_task_hour) == (0, 0, 1_000)


def test_a_gateway_costs_itself_its_address_and_each_gb() -> None:
    way = way_out(Nat.GATEWAY, ROUND)
    assert (way.usd_per_hour, way.usd_per_gb, way.usd_per_task_hour) == (1_100, 0.2, 0)
    assert way.usd_per_month == 1_100 * 730


def test_an_instance_costs_itself_its_address_and_its_disk() -> None:
    assert way_out(Nat.INSTANCE, ROUND).usd_per_hour == 10_000 + 1_000 + 8


def test_endpoints_cost_by_kind_and_zone() -> None:
    way = endpoints_way_out(ROUND)
    assert (way.usd_per_hour, way.usd_per_gb) == (3 * 2 * 10, 0.1)


@pytest.mark.parametrize(
    ("network", "usd"),
    [
        (Network(), 1),
        (Network(nat=Nat.GATEWAY), 1 + 1_100),
        (Network(load_balancers=(1, 480, 1_000)), 3),
        (Network(existing=VPC), 1),
        (Network(existing=ExistingNetwork(**VPC.model_dump() | BROUGHT)), 0),
    ],
)
def test_a_network_costs_what_is_made_for_it(network: Network, usd: float) -> None:
    assert usd_per_hour(network, ROUND) == usd


def test_list_prices_are_dated() -> None:
    prices = list_prices()
    assert prices.collected.startswith("20")
    assert (prices.region, prices.currency) == ("us-east-1", "USD")
    assert prices != replace(prices, nat_gateway_hour=0.0)


def test_the_tables_in_the_docs_are_what_the_prices_give(root: Path) -> None:
    """If it is meant: put what `python -m mockenv.cost.network_table` prints there."""
    text = (root / "docs" / "networks.md").read_text(encoding="utf-8")
    assert ways_out_table() in text
    assert networks_table() in text
    assert f"us-east-1 as of {list_prices().collected}" in text
